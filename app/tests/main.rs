//! The HTTP tests: they speak to the real application, on SQLite and on PostgreSQL (where `RENKEI_TEST_POSTGRES` names a
//! server), through one harness. Rules are tested in their crates; here is what a person or an attacker can do.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::zombie_processes,
    reason = "tests wait, read where their server is, kill it, and say what they skipped and measured"
)]

mod harness;

mod access;
mod architecture;
mod attacks;
mod backups;
mod citing;
mod commands;
mod consult_report;
mod consultations;
mod directory_paper;
mod documents;
mod durability;
mod finding;
mod forms;
mod identity;
mod imports;
mod inbox;
mod isolation;
mod joint;
mod kept;
mod lanes;
mod mail;
mod office_life;
mod pages;
mod pdca;
mod programme;
mod rounds;
mod routes;
mod schema;
mod searching;
mod settings;
mod surveys;
mod upkeep;
mod words;
