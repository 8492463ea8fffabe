//! What lives as long as the opened database and can be made anew at any time: caches and indexes of the features.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
};

use parking_lot::Mutex;

use crate::db::Db;

/// One thing of each type.
#[derive(Default)]
pub(crate) struct Attached(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Db {
    /// The one `T` of this opened database; made empty at the first call. Clones of the database share it, other databases
    /// in the same process have their own.
    #[must_use]
    pub fn attached<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let mut all = self.0.attached.0.lock();
        let found = all
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(T::default()));
        // The type is the key, so the second arm is never taken.
        Arc::clone(found).downcast().unwrap_or_default()
    }
}
