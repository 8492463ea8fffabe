//! The store as its callers see it, on SQLite always and on PostgreSQL when `RENKEI_TEST_POSTGRES` names a server.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod access;
mod audit;
mod backup;
mod bench;
mod blobs;
mod dialect;
mod feed;
mod guards;
mod harness;
mod jobs;
mod migrations;
mod writes;
