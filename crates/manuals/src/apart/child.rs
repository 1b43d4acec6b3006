//! The child: limits first, then the file, then the words. It opens nothing, writes nothing but its answer, and may be
//! killed at any moment.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::{Line, MOST_MEMORY, MOST_TIME};
use crate::{Fault, Kind, LARGEST, read};

/// Reads the file on standard input and says its pages on standard output. For a process of its own: the limits stay.
pub fn serve(kind: Kind) -> io::Result<()> {
    let file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let size = file.metadata()?.len();
    if size > LARGEST {
        return say(&Line::End(Some(Fault::TooLarge)));
    }
    limit(size)?;
    // A panic is a broken file, and the parent hears that; the words of it are for nobody.
    std::panic::set_hook(Box::new(|_| {}));
    // A pipe has no size, and what comes through it counts as memory.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(LARGEST).read_to_end(&mut bytes)?;
    let mut heard = Ok(());
    let fault = read(kind, bytes, &mut |page| {
        if heard.is_ok() {
            heard = say(&Line::Page(page.into()));
        }
    });
    heard.and_then(|()| say(&Line::End(fault)))
}

/// Memory is what the process may write to; the program itself is read and does not count. The clock of the processor
/// stops what the parent, stopped itself, would not.
fn limit(size: u64) -> io::Result<()> {
    let most = |what, current, maximum| {
        let limits = Rlimit {
            current: Some(current),
            maximum: Some(maximum),
        };
        setrlimit(what, limits)
    };
    let (memory, time) = (size + MOST_MEMORY, MOST_TIME.as_secs());
    most(Resource::Core, 0, 0)?;
    most(Resource::Fsize, 0, 0)?;
    most(Resource::Data, memory, memory)?;
    // At the first the system says why (SIGXCPU); at the second it only kills.
    most(Resource::Cpu, time, time + 1)?;
    Ok(())
}

fn say(line: &Line<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    out.write_all(b"\n")?;
    out.flush()
}
