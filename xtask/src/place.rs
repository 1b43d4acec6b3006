//! Where things stand in the checkout. The one place that knows a path by heart.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the checkout and what hangs from it.
#[derive(Debug, Clone)]
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// The checkout this program was built from.
    pub fn find() -> Result<Self> {
        let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&manifest)
            .parent()
            .context("xtask lies in no folder; run it as `cargo xtask`")?;
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.at(path).exists()
    }

    /// Tools that `setup` installed and that belong to this checkout alone.
    pub fn tools(&self) -> PathBuf {
        self.target().join("xtask")
    }

    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.at("target"), PathBuf::from)
    }

    /// A sentence model for tests.
    pub fn model(&self) -> PathBuf {
        self.tools().join("all-MiniLM-L6-v2")
    }

    /// The program as the browser and API tests run it.
    pub fn release_binary(&self) -> PathBuf {
        self.target().join("release/firstline")
    }

    pub fn browser_tests(&self) -> PathBuf {
        self.at("crates/web/tests/browser")
    }

    pub fn python_tool(&self, name: &str) -> PathBuf {
        self.tools().join("venv/bin").join(name)
    }
}
