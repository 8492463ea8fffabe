//! What was acknowledged is on the disk: the real binary is killed in the middle of 200 concurrent writers.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use app::compose;
use kernel::{Date, Env};
use store::{InstallationKey, Viewer};

use crate::harness::{Installation, Kind, fields_of};

const WRITERS: usize = 200;

struct Server {
    child: Child,
    addr: SocketAddr,
}

impl Server {
    fn start(installation: &Installation) -> Self {
        let addr = TcpListener::bind("127.0.0.1:0")
            .expect("a port")
            .local_addr()
            .expect("an address");
        let child = installation
            .command("serve")
            .env("RENKEI_ADDR", addr.to_string())
            .env("RENKEI_RATE_LIMIT", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("serve starts");
        for _ in 0..300 {
            if TcpStream::connect(addr).is_ok() {
                return Self { child, addr };
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not listen");
    }
}

/// One request on a connection of its own; `None` when the server died meanwhile.
fn ask(
    addr: SocketAddr,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nCookie: {cookie}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    Some((status, text))
}

fn cookies(answer: &str, into: &mut String) {
    for line in answer
        .lines()
        .filter_map(|l| l.strip_prefix("set-cookie: "))
    {
        let pair = line.split(';').next().unwrap_or_default();
        if !pair.ends_with('=') {
            into.push_str(pair);
            into.push_str("; ");
        }
    }
}

fn encode(fields: &[(String, String)]) -> String {
    fields
        .iter()
        .map(|(k, v)| {
            format!(
                "{k}={}",
                v.replace('+', "%2B")
                    .replace('=', "%3D")
                    .replace('/', "%2F")
            )
        })
        .collect::<Vec<_>>()
        .join("&")
}

fn kill_in_the_middle(kind: Kind) {
    if !kind.available() {
        eprintln!("skipped: RENKEI_TEST_POSTGRES is not set");
        return;
    }
    let installation = Installation::new(kind);
    let done = installation.command("demo").output().expect("demo runs");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let mut server = Server::start(&installation);
    let addr = server.addr;

    let mut jar = String::new();
    let (_, page) = ask(addr, "GET", "/sign-in", "", "").expect("the sign-in page");
    cookies(&page, &mut jar);
    let (action, fields) = fields_of(&page, "data-cast=\"ishigaki\"");
    let (status, signed_in) = ask(addr, "POST", &action, &jar, &encode(&fields)).expect("signs in");
    assert_eq!(status, 303, "{signed_in}");
    jar.clear();
    cookies(&signed_in, &mut jar);
    let (_, page) = ask(addr, "GET", "/settings/closed-days", &jar, "").expect("the form");
    let (_, fields) = fields_of(&page, "name=\"first\"");
    let token = fields
        .iter()
        .find(|(n, _)| n == "_csrf")
        .expect("a token")
        .1
        .clone();

    let acknowledged = Arc::new(Mutex::new(Vec::<Date>::new()));
    let (next, over) = (
        Arc::new(AtomicU32::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (acknowledged, next, over, jar, token) = (
                Arc::clone(&acknowledged),
                Arc::clone(&next),
                Arc::clone(&over),
                jar.clone(),
                token.clone(),
            );
            thread::Builder::new()
                .stack_size(256 << 10)
                .spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        let day = i64::from(next.fetch_add(1, Ordering::Relaxed));
                        let date = jiff::civil::date(2027, 1, 1)
                            .checked_add(jiff::Span::new().days(day))
                            .expect("a date");
                        let body = format!("_csrf={token}&first={date}&last=&name=x{day}");
                        match ask(addr, "POST", "/settings/closed-days", &jar, &body) {
                            Some((303, _)) => acknowledged.lock().expect("unpoisoned").push(date),
                            Some((503, _)) => thread::sleep(Duration::from_millis(5)),
                            Some((status, text)) => panic!("{date}: {status} {text}"),
                            None => return,
                        }
                    }
                })
                .expect("a thread")
        })
        .collect();
    thread::sleep(Duration::from_millis(1500));
    server.child.kill().expect("SIGKILL");
    over.store(true, Ordering::Relaxed);
    server.child.wait().expect("it is dead");
    for writer in writers {
        writer
            .join()
            .expect("every answer was an acknowledgement, a busy page or none");
    }
    let acknowledged: BTreeSet<Date> = acknowledged
        .lock()
        .expect("unpoisoned")
        .iter()
        .copied()
        .collect();
    assert!(
        acknowledged.len() > 50,
        "writers were at work: {}",
        acknowledged.len()
    );

    let key = InstallationKey::load(&installation.config.key_file).expect("the key");
    let db = compose::open(&installation.config, key, Env::system())
        .expect("the database opens after the kill");
    let stored: BTreeSet<Date> = db
        .read_blocking(&Viewer::system("test", db.env().now()), |c| {
            let clerk = areas::store::municipality(c, "142069")?
                .expect("the clerk's city")
                .organisation
                .expect("it is an office");
            areas::store::closed_days(
                c,
                clerk,
                jiff::civil::date(2027, 1, 1),
                jiff::civil::date(9000, 1, 1),
            )
        })
        .expect("closed days")
        .into_keys()
        .collect();
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(
        lost.is_empty(),
        "{} of {} acknowledged writes lost: {lost:?}",
        lost.len(),
        acknowledged.len()
    );
    let report = compose::runtime()
        .expect("a runtime")
        .block_on(store::audit::verify(&db, None))
        .expect("verifies");
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert!(
        report.rows as usize >= acknowledged.len(),
        "each write left its row: {report:?}"
    );
    eprintln!(
        "{kind:?}: {} acknowledged, {} stored, {} audit rows",
        acknowledged.len(),
        stored.len(),
        report.rows
    );
}

#[test]
fn a_kill_among_200_writers_loses_nothing_on_sqlite() {
    kill_in_the_middle(Kind::Sqlite);
}

#[test]
fn a_kill_among_200_writers_loses_nothing_on_postgres() {
    kill_in_the_middle(Kind::Postgres);
}

#[test]
fn ctrl_c_ends_cleanly() {
    let installation = Installation::new(Kind::Sqlite);
    assert!(
        installation
            .command("demo")
            .status()
            .expect("demo runs")
            .success()
    );
    let mut server = Server::start(&installation);
    let pid = server.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .expect("kill runs")
            .success()
    );
    let status = server.child.wait().expect("it ends");
    assert!(status.success(), "{status}");
}
