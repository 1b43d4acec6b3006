//! File systems of our own, for faults that only a disk can have. The test runs itself again in a mount namespace, so
//! nothing of it is left on the machine, however it ends.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A small disk, mounted; unmounted when dropped.
pub(crate) struct Disk {
    image: PathBuf,
    pub(crate) at: PathBuf,
}

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
    if !able || !Path::new("/dev/loop-control").exists() {
        return testpg::skip("this test mounts disks: run it as root where loop devices are allowed");
    }
    let mut again = Command::new("unshare");
    again
        .arg("-m")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"]);
    let out = again.env(INSIDE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    eprintln!("{said}{}", String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "inside the namespace");
    assert!(said.contains("1 passed"), "the test found itself by its name");
}

impl Disk {
    /// An xfs of 300 MiB, the smallest it makes.
    pub(crate) fn xfs(folder: &Path) -> Disk {
        let disk = Disk {
            image: folder.join("disk"),
            at: folder.join("mounted"),
        };
        run(Command::new("truncate").args(["-s", "300M"]).arg(&disk.image));
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

    /// A program that holds the disk and waits for its word.
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

pub(crate) struct Switch(Child);

impl Switch {
    /// The power goes: what was not flushed is gone, the file system's own log included.
    pub(crate) fn cut(mut self) {
        // taken, so that it is closed behind the word and the program ends
        let mut word = self.0.stdin.take().unwrap();
        word.write_all(b"shutdown\n").unwrap();
        drop(word);
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.at).output();
    }
}

pub(crate) fn run(command: &mut Command) {
    let out = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        out.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
}
