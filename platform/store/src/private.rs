//! Files and folders that only their owner can read, whatever the process's umask says: the database holds names and
//! hashes of passwords in plain form, and a machine has other users.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::Result,
    path::Path,
};

fn options() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "modes exist on Unix only"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// A new file for writing; an existing one is never replaced.
pub(crate) fn create_new(path: &Path) -> Result<File> {
    options().write(true).create_new(true).open(path)
}

/// A file to append to, made when it is not there.
pub(crate) fn append(path: &Path) -> Result<File> {
    options().create(true).append(true).open(path)
}

/// A folder and those above it; folders that exist stay as they are.
pub(crate) fn folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes sure that a file exists, so that SQLite finds it and gives the files beside it the same mode.
pub(crate) fn touch(path: &Path) -> Result<()> {
    match create_new(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        done => done.map(|_| ()),
    }
}
