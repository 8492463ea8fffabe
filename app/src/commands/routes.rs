//! `renkei routes`: every address with its permission.

use super::{Outcome, say};
use crate::compose;

/// Prints method, path, permission and the roles that hold it, sorted by path.
///
/// # Errors
/// Never.
pub fn run() -> Outcome {
    let mut rows: Vec<_> = compose::features()
        .iter()
        .flat_map(|f| (f.routes)())
        .collect();
    rows.sort_by_key(|r| (r.path, r.method.to_string()));
    for route in rows {
        let roles = if route.permission.roles.is_empty() {
            String::new()
        } else {
            route
                .permission
                .roles
                .iter()
                .map(|r| r.code())
                .collect::<Vec<_>>()
                .join(",")
        };
        say(format_args!(
            "{:5} {:45} {:28} {roles}",
            route.method.to_string(),
            route.path,
            route.permission.name
        ));
    }
    Ok(())
}
