//! A disk of its own for a test, and the power going from it: an xfs on a loop device that is shut down without its log
//! being flushed. The test runs itself again in a mount namespace, so that nothing of it is left on the machine.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::tools::skip;

const INSIDE: &str = "FIRSTLINE_TEST_NAMESPACE";

/// Runs `body` in a mount namespace of its own; `test` is the full name of the calling test.
pub(crate) fn in_namespace(test: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        return body();
    }
    let able = Command::new("unshare")
        .args(["-m", "true"])
        .output()
        .is_ok_and(|out| out.status.success());
    if !able {
        return skip("this test mounts a disk of its own: run it as root (unshare -m)");
    }
    let out = Command::new("unshare")
        .arg("-m")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    eprintln!("{said}{}", String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "inside the namespace");
    assert!(said.contains("1 passed"), "the test found itself by its name");
}

/// Why no power can be cut on this machine, if it cannot.
pub(crate) fn missing() -> Option<&'static str> {
    let has = |program: &str| {
        ["/sbin", "/usr/sbin", "/usr/bin"]
            .iter()
            .any(|folder| Path::new(folder).join(program).is_file())
    };
    if !Path::new("/dev/loop-control").exists() {
        return Some("the power cut needs loop devices (/dev/loop-control)");
    }
    (!has("mkfs.xfs") || !has("xfs_io")).then_some("the power cut needs xfsprogs (mkfs.xfs, xfs_io)")
}

/// A small disk, mounted; unmounted when dropped.
pub(crate) struct Disk {
    image: PathBuf,
    pub(crate) at: PathBuf,
}

impl Disk {
    /// An xfs with room for all the lives of a desk; what is not written takes up none.
    pub(crate) fn xfs(home: &Path) -> Disk {
        let disk = Disk {
            image: home.join("image"),
            at: home.join("disk"),
        };
        run(Command::new("truncate").args(["-s", "3G"]).arg(&disk.image));
        run(Command::new("/sbin/mkfs.xfs").arg("-q").arg(&disk.image));
        std::fs::create_dir(&disk.at).unwrap();
        disk.mount();
        disk
    }

    pub(crate) fn mount(&self) {
        run(Command::new("mount")
            .args(["-o", "loop"])
            .arg(&self.image)
            .arg(&self.at));
    }

    pub(crate) fn unmount(&self) {
        run(Command::new("umount").arg(&self.at));
    }

    /// A program that holds the disk and waits for its word, so that the cut takes no longer than a system call.
    pub(crate) fn switch(&self) -> Switch {
        let mut program = Command::new("/usr/sbin/xfs_io");
        program
            .arg("-x")
            .arg(&self.at)
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        Switch(program.spawn().unwrap())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.at).output();
    }
}

pub(crate) struct Switch(Child);

impl Switch {
    /// The power goes: what was not flushed is gone, the file system's own log included.
    pub(crate) fn cut(mut self) {
        // Taken, so that it is closed behind the word and the program ends.
        let mut word = self.0.stdin.take().unwrap();
        word.write_all(b"shutdown\n").unwrap();
        drop(word);
        assert!(self.0.wait().unwrap().success(), "the disk is shut down");
    }
}

fn run(command: &mut Command) {
    let out = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        out.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
}
