//! Firstline: the desk of the person who gives first-line technical support. This program is the whole of it: the
//! server and its command line. It wires rooms together and holds no rule of the trade.

mod cli;
mod config;
mod demo;
mod keep;
mod open;
mod serve;
mod system;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    system::keep_files_private();
    let arguments = cli::Arguments::parse();
    tell(&arguments);
    match cli::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("firstline: {e:#}");
            ExitCode::FAILURE
        }
    }
}

/// Log lines go to standard error; `FIRSTLINE_LOG` chooses how many (`info`, `debug`, `firstline=debug`).
fn tell(arguments: &cli::Arguments) {
    let usual = if arguments.is_server() {
        "info,tantivy=warn"
    } else {
        "warn"
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("FIRSTLINE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}
