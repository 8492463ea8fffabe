//! The real publications, where they are at hand.

use super::*;

#[expect(
    clippy::disallowed_methods,
    reason = "where the publishers' files lie comes from outside"
)]
fn outside(name: &str) -> Option<String> {
    ::std::env::var(name).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_publications_give_the_documented_counts() {
    let Some(folder) = outside("RENKEI_GOLDEN_DATA") else {
        eprintln!("RENKEI_GOLDEN_DATA is not set: the golden test of the directory is skipped");
        return;
    };
    let house = house().await;
    let mut sources = Vec::new();
    let mut expected: BTreeMap<(String, String), i64> = BTreeMap::new();
    let kaigo = Path::new(&folder).join("kaigo_opendata");
    let mut files: Vec<PathBuf> = fs::read_dir(&kaigo)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "csv"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 35);
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind: String = name
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take(3)
            .collect();
        let mut reader = csv::Reader::from_path(path).unwrap();
        for row in reader.records() {
            *expected
                .entry((row.unwrap()[0].to_owned(), kind.clone()))
                .or_default() += 1;
        }
        sources.push(Source {
            as_of: Some("2025-12-31".to_owned()),
            ..Source::of(path)
        });
    }
    assert_eq!(expected.values().sum::<i64>(), 1369);
    let reports = house.take(&sources);
    let sum = |of: fn(&FileReport) -> u64| reports.iter().map(of).sum::<u64>();
    for report in &reports {
        assert_eq!(report.refused, 0, "{}: {:?}", report.file, report.refusals);
        assert_eq!(report.accounted(), report.read, "{}", report.file);
    }
    assert_eq!(sum(|r| r.read), 1369);
    assert_eq!(sum(|r| r.outside), 0);
    let counts = house.counts(
        expected
            .keys()
            .map(|k| k.0.clone())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect(),
    );
    assert_eq!(
        sum(|r| r.misplaced),
        10,
        "ten points lie outside their municipality"
    );
    let wrong: Vec<_> = expected
        .iter()
        .filter(|(key, n)| counts.get(*key) != Some(n))
        .map(|(k, n)| (k, n, counts.get(k)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let again = house.take(&sources);
    assert_eq!(
        again.iter().map(|r| r.unchanged + r.merged).sum::<u64>(),
        1369
    );
    assert_eq!(
        again
            .iter()
            .map(|r| r.added + r.changed + r.vanished)
            .sum::<u64>(),
        0
    );
}

/// Every publication at hand with the day that its name does not say.
fn publications(folder: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    for (group, day) in [
        ("kaigo_opendata", ""),
        ("iryo_joho_net", "2025-12-01"),
        ("kouseikyoku", ""),
        ("byosho_kino", "2023-07-01"),
    ] {
        let mut files: Vec<PathBuf> = fs::read_dir(folder.join(group))
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        files.sort();
        for path in files {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let wanted = name.ends_with(".csv") && !name.contains("wards");
            let day = match day {
                "" if name.contains("derived") => "2025-06-30",
                "" => "2025-12-31",
                other => other,
            };
            if wanted {
                let as_of = day_of_name(&name).is_none().then(|| day.to_owned());
                sources.push(Source {
                    as_of,
                    ..Source::of(&path)
                });
            }
        }
    }
    sources
}

/// The tables in data/kensei/directory are what the importers make of the publications; RENKEI_UPDATE=1 writes them anew.
#[tokio::test(flavor = "multi_thread")]
async fn the_tables_of_the_area_follow_from_the_publications() {
    let Some(folder) = outside("RENKEI_GOLDEN_DATA") else {
        eprintln!("RENKEI_GOLDEN_DATA is not set: the tables of the directory are not compared");
        return;
    };
    let house = house().await;
    let reports = house.take(&publications(Path::new(&folder)));
    for report in &reports {
        assert!(report.unreadable.is_none(), "{report:?}");
        assert_eq!(report.accounted(), report.read, "{}", report.file);
    }
    let refused: Vec<_> = reports.iter().flat_map(|r| &r.refusals).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let update = outside("RENKEI_UPDATE").is_some();
    let out = if update {
        data("directory")
    } else {
        house.dir.join("out")
    };
    fs::create_dir_all(&out).unwrap();
    let counts = crate::distill(&house.db, &out).unwrap();
    assert_eq!(
        counts.iter().map(|c| c.0).collect::<Vec<_>>(),
        ["care.tsv", "medical.tsv", "insured.tsv", "beds.tsv"]
    );
    for (name, _) in &counts {
        assert!(
            fs::read(out.join(name)).unwrap() == fs::read(data("directory").join(name)).unwrap(),
            "{name} is not what the importers make"
        );
    }
    let again = super::tests::house().await;
    crate::load(&again.db, &data("directory")).await.unwrap();
    let number = |h: &House| {
        h.town("143821")
            .iter()
            .map(|p| (p.name.clone(), p.phone.clone(), p.kinds.len()))
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (from_files, from_tables) = (number(&house), number(&again));
    assert!(
        from_tables.len() > 20 && from_files.len() == from_tables.len(),
        "{} {}",
        from_files.len(),
        from_tables.len()
    );
    crate::load(&again.db, &data("directory")).await.unwrap();
    assert_eq!(number(&again), from_tables, "loading again changes nothing");
}
