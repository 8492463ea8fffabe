//! The application: puts the rooms together, reads the settings, answers the command line and serves.
//!
//! Nothing here knows a rule of the programme. `compose` lists the features, `commands` holds one file per
//! subcommand of the binary `renkei`, `home`, `finding` and `operate` are the only pages of its own: what waits for the
//! person who signed in, the search box over several rooms, and what an administrator looks after.

pub mod backups;
pub mod commands;
pub mod compose;
pub mod config;
pub mod finding;
pub mod home;
pub mod housekeeping;
pub mod i18n;
pub mod operate;
pub mod scans;
pub mod serve;
mod tls;
