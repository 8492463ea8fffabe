//! Encrypted files.

use store::{Error, blobs};

use crate::harness::{on_both, system};

fn file(world: &crate::harness::World, id: store::BlobId) -> std::path::PathBuf {
    let name = id.uuid().simple().to_string();
    world.options.blob_dir.join(&name[..2]).join(name)
}

on_both! { bytes_come_back_and_are_not_on_disk(world) {
    let bytes: Vec<u8> = b"a very private letter ".repeat(10_000);
    let id = world.db.blobs().put(bytes.clone()).await.unwrap();
    assert_eq!(world.db.blobs().get(id).await.unwrap(), bytes);
    let stored = std::fs::read(file(world, id)).unwrap();
    assert!(stored.len() > bytes.len());
    assert!(!stored.windows(7).any(|window| window == b"private"));
    let empty = world.db.blobs().put(Vec::new()).await.unwrap();
    assert!(world.db.blobs().get(empty).await.unwrap().is_empty());
} }

on_both! { changed_or_foreign_bytes_do_not_open(world) {
    let id = world.db.blobs().put(vec![7; 200_000]).await.unwrap();
    let path = file(world, id);
    let good = std::fs::read(&path).unwrap();
    for at in [0, 70_000, good.len() - 1] {
        let mut changed = good.clone();
        changed[at] ^= 1;
        std::fs::write(&path, changed).unwrap();
        assert!(matches!(world.db.blobs().get(id).await, Err(Error::File(_))), "byte {at}");
    }
    std::fs::write(&path, &good[..good.len() - 3_392]).unwrap();
    assert!(world.db.blobs().get(id).await.is_err(), "cut off");
    let mut options = world.options.clone();
    options.key = store::InstallationKey::generate().unwrap();
    std::fs::write(&path, good).unwrap();
    let other = store::Db::open(options, &[&crate::harness::SCHEMA]).unwrap();
    assert!(matches!(other.blobs().get(id).await, Err(Error::Key(_))));
} }

on_both! { destroying_the_key_is_the_disposal(world) {
    let id = world.db.blobs().put(vec![7; 10]).await.unwrap();
    assert!(world.db.blobs().destroy(id).await.unwrap());
    assert!(!world.db.blobs().destroy(id).await.unwrap());
    assert_eq!(world.db.blobs().get(id).await, Err(Error::NotFound));
    assert!(!file(world, id).exists());
} }

on_both! { a_file_belongs_to_the_write_that_takes_it(world) {
    let new = world.db.blobs().prepare(&b"x"[..]).unwrap();
    assert_eq!(new.size(), 1);
    let id = new.id();
    let taken = new.clone();
    let failed = world.db.write::<(), Error>(&system(), move |tx| { blobs::attach(tx, &taken)?; Err(Error::NotFound) }).await;
    assert!(failed.is_err());
    assert_eq!(world.db.blobs().get(id).await, Err(Error::NotFound));
    world.db.write::<_, Error>(&system(), move |tx| blobs::attach(tx, &new)).await.unwrap();
    assert_eq!(world.db.blobs().get(id).await.unwrap(), b"x");
} }

on_both! { only_old_files_without_a_row_are_swept(world) {
    let kept = world.db.blobs().put(vec![1]).await.unwrap();
    let orphan = world.db.blobs().prepare(&b"x"[..]).unwrap();
    let env = world.db.env().clone();
    // The files are as old as the machine's clock says, the store's clock stands somewhere else.
    let now = std::fs::metadata(file(world, kept)).unwrap().modified().unwrap();
    let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
    env.advance_secs(now - env.now().secs() + 3600);
    assert_eq!(world.db.blobs().sweep().await.unwrap(), 0);
    env.advance_secs(24 * 3600);
    assert_eq!(world.db.blobs().sweep().await.unwrap(), 1);
    assert!(!file(world, orphan.id()).exists() && file(world, kept).exists());
} }
