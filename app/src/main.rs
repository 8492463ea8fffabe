//! `renkei`: the one binary. Each subcommand is a function in `app::commands`.

use std::path::PathBuf;
use std::process::ExitCode;

use app::commands::{self, Outcome};
use app::config::Config;
use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One web system for a group of municipalities, their coordination desks and their care providers.
#[derive(Parser)]
#[command(name = "renkei", version)]
struct Cli {
    /// Settings file; without it renkei.toml in the working folder is read where it exists.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a production installation: key, database, area, one-time code of the first administrator.
    Init {
        /// Folder with the area's tables of facts.
        #[arg(long, value_name = "DIR")]
        area: Option<PathBuf>,
        /// Name of the organisation that runs the installation.
        #[arg(long)]
        operator: String,
    },
    /// Make a demo installation on this machine: real open data of the area, fictional people.
    Demo,
    /// Serve until Ctrl-C.
    Serve,
    /// Bring the database to this version.
    Migrate {
        /// Only say what would be done.
        #[arg(long)]
        check: bool,
    },
    /// Import a file: `renkei import survey FILE` or `renkei import area DIR`.
    Import {
        /// survey or area.
        kind: String,
        /// File or folder.
        path: PathBuf,
    },
    /// Write a published survey: `renkei export survey 2024-renkei --format csv`.
    Export {
        /// survey.
        kind: String,
        /// Its short name.
        slug: String,
        /// json, csv or xlsx.
        #[arg(long, default_value = "json")]
        format: String,
        /// Where to; standard output without it.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write one encrypted archive of database, files and seals, without the key.
    Backup {
        /// The archive to write.
        out: PathBuf,
    },
    /// Read an archive back into an empty database, or only verify it.
    Restore {
        /// The archive.
        archive: PathBuf,
        /// Restore into a scratch folder, compare and verify the audit trail; changes nothing.
        #[arg(long)]
        verify: bool,
    },
    /// Move everything into an empty database of the other engine, compare it row by row, and close the old one.
    MoveDb {
        /// The new database: a file, or postgres://…
        #[arg(long, value_name = "URL")]
        to: String,
    },
    /// The directory of providers: import publications, fetch, take back, write the area's tables.
    Directory {
        #[command(subcommand)]
        command: DirectoryCommand,
    },
    /// The audit trail.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// The installation's key.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Jobs in the background: counts, dead letters, run again.
    Jobs {
        /// Put this job back into the queue.
        #[arg(long, value_name = "ID")]
        retry: Option<String>,
    },
    /// Explain the settings and check what this installation needs.
    Doctor,
    /// Print every route with its permission.
    Routes,
    /// Serve a fixed string (for ./bench).
    #[command(hide = true)]
    BenchCeiling,
    /// Measure the bare store in a scratch database (for ./bench).
    #[command(hide = true)]
    BenchStore {
        /// Seconds per case.
        #[arg(long, default_value_t = 2)]
        seconds: u64,
        /// Clients at once, separated by commas.
        #[arg(long, value_delimiter = ',', default_value = "1,4,32")]
        clients: Vec<usize>,
    },
    /// Load a synthetic survey of many municipalities into a demo installation (for ./bench).
    #[command(hide = true)]
    BenchSurvey {
        /// Municipalities.
        #[arg(long, default_value_t = 1741)]
        municipalities: usize,
        /// Questions.
        #[arg(long, default_value_t = 30)]
        questions: usize,
    },
    /// Write invented issues into a demo installation (for ./bench).
    #[command(hide = true)]
    BenchEntries {
        /// How many.
        #[arg(long, default_value_t = 10_000)]
        count: usize,
    },
    /// Write invented consultations into a demo installation (for ./bench).
    #[command(hide = true)]
    BenchConsultations {
        /// How many.
        #[arg(long, default_value_t = 200_000)]
        count: usize,
    },
    /// Fill the directory of a demo installation with copies (for ./bench).
    #[command(hide = true)]
    BenchDirectory {
        /// Providers in all.
        #[arg(long, default_value_t = 500_000)]
        providers: usize,
    },
    /// Make accounts that sign in with password and code, in a demo installation (for ./bench).
    #[command(hide = true)]
    BenchAccounts {
        /// Accounts.
        #[arg(long, default_value_t = 300)]
        count: usize,
    },
}

#[derive(Subcommand)]
enum DirectoryCommand {
    /// Write the public directory as open data.
    Export {
        /// csv, geojson or jsonld.
        #[arg(long, default_value = "csv")]
        format: String,
        /// Where to; standard output without it.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Print the guide or a map as a PDF: `renkei directory guide --area 143847 -o guide.pdf`.
    Guide {
        /// area, the code of a district, or the six digits of a municipality.
        #[arg(long, value_name = "CODE", default_value = "area")]
        area: String,
        /// guide (booklet, A4), medical or care (map, A3).
        #[arg(long, default_value = "guide")]
        kind: String,
        /// ja or en.
        #[arg(long, default_value = "ja")]
        lang: String,
        /// The file to write.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Import files of publications as one edition and accept it; with a file that cannot be used nothing changes.
    Import {
        /// CSV, XLSX or ZIP.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Say what would happen and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// One JSON document.
        #[arg(long)]
        json: bool,
        /// Refused rows are listed and are no failure.
        #[arg(long)]
        list_refused: bool,
        /// Take rows of municipalities that this installation does not know, too.
        #[arg(long)]
        everywhere: bool,
        /// Day that the files describe, where their names do not say: 2025-12-31.
        #[arg(long, value_name = "DAY")]
        as_of: Option<String>,
        /// Kind of tables without a column of kinds.
        #[arg(long, value_name = "CODE")]
        kind: Option<String>,
        /// Read the columns by the mapping that was saved under this name.
        #[arg(long, value_name = "NAME")]
        mapping: Option<String>,
    },
    /// Name the publishers' pages, or import the newest edition from a folder.
    Fetch {
        /// Folder with the publishers' files; without it the setting RENKEI_DIRECTORY_DIR.
        #[arg(long, value_name = "FOLDER")]
        from: Option<PathBuf>,
        /// Say what would happen and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Take the newest accepted edition back, or throw a staged one away.
    Undo {
        /// Its number.
        edition: i64,
    },
    /// Write the accepted rows of all publications as the area's compact tables.
    Distill {
        /// Folder.
        #[arg(short, long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Find change, gap, reordering and a cut-off tail.
    Verify {
        /// A seal file kept elsewhere; without it the installation's own.
        #[arg(long, value_name = "FILE")]
        seal: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Make a key file; never overwrites one.
    Generate,
    /// Print the key's fingerprint, to compare with a copy on paper or elsewhere.
    Show,
}

fn run(cli: Cli) -> Outcome {
    commands::logging();
    let config = Config::load(cli.config.as_deref())?;
    match cli.command {
        Command::Init { area, operator } => commands::init::run(config, area, &operator),
        Command::Demo => commands::demo::run(&config),
        Command::Serve => commands::serve::run(config),
        Command::Migrate { check } => commands::migrate::run(&config, check),
        Command::Import { kind, path } => commands::import::run(&config, &kind, &path),
        Command::Export {
            kind,
            slug,
            format,
            out,
        } => commands::export::run(&config, &kind, &slug, &format, out.as_deref()),
        Command::Backup { out } => commands::backup::create(&config, &out),
        Command::Restore { archive, verify } => {
            commands::backup::restore(&config, &archive, verify)
        }
        Command::MoveDb { to } => commands::move_db::run(&config, &to),
        Command::Directory { command } => directory(&config, command),
        Command::Audit {
            command: AuditCommand::Verify { seal },
        } => commands::audit::verify(&config, seal.as_deref()),
        Command::Keys {
            command: KeysCommand::Generate,
        } => commands::keys::generate(&config),
        Command::Keys {
            command: KeysCommand::Show,
        } => commands::keys::show(&config),
        Command::Jobs { retry } => commands::jobs::run(&config, retry.as_deref()),
        Command::Doctor => commands::doctor::run(&config),
        Command::Routes => commands::routes::run(),
        Command::BenchCeiling => commands::bench::ceiling(&config),
        Command::BenchStore { seconds, clients } => {
            commands::bench::store(&config, seconds, clients)
        }
        Command::BenchSurvey {
            municipalities,
            questions,
        } => commands::bench::survey(&config, municipalities, questions),
        Command::BenchEntries { count } => commands::bench::entries(&config, count),
        Command::BenchConsultations { count } => commands::bench::consultations(&config, count),
        Command::BenchDirectory { providers } => commands::bench::directory(&config, providers),
        Command::BenchAccounts { count } => commands::bench::accounts(&config, count),
    }
}

fn directory(config: &Config, command: DirectoryCommand) -> Outcome {
    use commands::directory as run;
    match command {
        DirectoryCommand::Guide {
            area,
            kind,
            lang,
            out,
        } => commands::guide::run(config, &area, &kind, &lang, &out),
        DirectoryCommand::Export { format, out } => {
            commands::export::directory(config, &format, out.as_deref())
        }
        DirectoryCommand::Import {
            files,
            dry_run,
            json,
            list_refused,
            everywhere,
            as_of,
            kind,
            mapping,
        } => run::import(
            config,
            &files,
            &run::ImportOptions {
                dry_run,
                json,
                list_refused,
                everywhere,
                as_of,
                kind,
                mapping,
            },
        ),
        DirectoryCommand::Fetch { from, dry_run } => {
            let from = from.or_else(|| config.directory_dir.clone());
            run::fetch(config, from.as_deref(), dry_run)
        }
        DirectoryCommand::Undo { edition } => run::take_back(config, edition),
        DirectoryCommand::Distill { out } => run::distill(config, &out),
    }
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            commands::complain(&*error);
            ExitCode::FAILURE
        }
    }
}
