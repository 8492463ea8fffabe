//! Importing into a real database file: every known defect, editions, and the real publications where they are at hand.

use std::{
    collections::BTreeMap,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use ::store::{Db, InstallationKey, Options, Viewer};
use kernel::{Env, Time};
use proptest::prelude::*;

use super::*;
use crate::store;

mod bad;
mod golden;

pub(crate) struct House {
    pub(crate) db: Db,
    pub(crate) dir: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/kensei")
        .join(path)
}

/// A database with the area, the kinds and the points of towns, without providers. Write closures run twice.
pub(crate) async fn house() -> House {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let dir =
        std::env::temp_dir().join(format!("renkei-directory-{}-{number}", std::process::id()));
    fs::create_dir_all(dir.join("points")).unwrap();
    fs::copy(
        data("directory/town_points.tsv"),
        dir.join("points/town_points.tsv"),
    )
    .unwrap();
    let now: Time = "2026-11-22T10:00:00+09:00".parse().unwrap();
    let url = dir.join("db.sqlite").display().to_string();
    let mut options = Options::new(
        url,
        InstallationKey::generate().unwrap(),
        &dir,
        Env::fixed(now, 1),
    );
    options.twice = true;
    let db = Db::open(options, &[web::SCHEMA, &areas::SCHEMA, &crate::SCHEMA]).unwrap();
    db.migrate().unwrap();
    areas::load(&db, &data("areas")).await.unwrap();
    crate::load(&db, &dir.join("points")).await.unwrap();
    House { db, dir }
}

impl House {
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> Source {
        let path = self.dir.join(name);
        fs::write(&path, bytes).unwrap();
        Source::of(&path)
    }

    fn stage(&self, sources: &[Source]) -> Staged {
        stage(&self.db, sources, "test", "test", false).unwrap()
    }

    fn take(&self, sources: &[Source]) -> Vec<FileReport> {
        let staged = self.stage(sources);
        accept::accept(&self.db, &self.viewer(), staged.number).unwrap();
        staged.files
    }

    fn viewer(&self) -> Viewer {
        Viewer::system("test", self.db.env().now())
    }

    fn town(&self, code: &'static str) -> Vec<crate::model::Provider> {
        let public = Viewer::public(self.db.env().now());
        self.db
            .read_blocking(&public, move |c| store::providers_of_municipality(c, code))
            .unwrap()
    }

    fn counts(&self, towns: Vec<String>) -> BTreeMap<(String, String), i64> {
        let public = Viewer::public(self.db.env().now());
        let mut counts = BTreeMap::new();
        for town in towns {
            let code = town.clone();
            let services = self
                .db
                .read_blocking(&public, move |c| store::services_of_municipality(c, &code))
                .unwrap();
            for service in services {
                *counts.entry((town.clone(), service.kind)).or_default() += 1;
            }
        }
        counts
    }
}

const CARE: &str = "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書（ビル名等）,緯度,経度,電話番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,高齢者の方と障害者の方が同時一体的に利用できるサービス,介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考\r\n";

fn care(
    number: &str,
    name: &str,
    kind: &str,
    town: &str,
    address: &str,
    at: &str,
    phone: &str,
) -> String {
    format!(
        "143618,{number},神奈川県,{town},{name},,{kind},{address},,{at},{phone},,,,{number},\"平日,土曜日\",,10,,,,,\r\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn care_files_and_their_defects() {
    let house = house().await;
    let mut text = format!("\u{feff}{CARE}");
    text += &care(
        "1472000015",
        "架空デイ中井",
        "通所介護",
        "足柄上郡中井町",
        "神奈川県足柄上郡中井町井ノ口１－２",
        "35.33,139.22",
        "0465-00-0001",
    );
    text += &care(
        "1472000015",
        "架空デイ中井",
        "訪問介護",
        "中井町",
        "井ノ口1番地2",
        "0,0",
        "０４６５－００－０００１",
    );
    text += &care(
        "1472000023",
        "架空ホーム遠方",
        "地域密着型通所介護",
        "中井町",
        "中井町井ノ口3",
        "60.08,20.02",
        "0465-00-0002",
    );
    text += &care(
        "147200003",
        "架空番号短",
        "通所介護",
        "中井町",
        "中井町比奈窪4",
        "",
        "なし",
    );
    text += &care(
        "1472000049",
        "架空種別なし",
        "宇宙旅行",
        "中井町",
        "中井町比奈窪5",
        "",
        "0465-00-0003",
    );
    text += "143618,1472\r\n";
    let reports = house.take(&[house.file("jigyosho_150.csv", text)]);
    let report = &reports[0];
    assert_eq!(
        (report.read, report.added, report.refused),
        (6, 4, 2),
        "{report:#?}"
    );
    assert_eq!(report.accounted(), report.read);
    assert_eq!(report.misplaced, 1);
    let town = house.town("143618");
    assert_eq!(town.len(), 3, "two services of one office are one provider");
    let day = town.iter().find(|p| p.name == "架空デイ中井").unwrap();
    assert_eq!(day.kinds.len(), 2, "{:?}", day.kinds);
    assert_eq!(day.address, "井ノ口１－２");
    let far = town.iter().find(|p| p.name == "架空ホーム遠方").unwrap();
    assert_eq!(
        far.precision,
        crate::model::Precision::Town,
        "placed at its town, not in Finland"
    );
    assert!(far.stated.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_flags_mean_open_and_lists_of_the_bureau_give_telephones() {
    let house = house().await;
    let header =
        fs::read_to_string(data("../../features/directory/data/navii_header.csv")).unwrap();
    let width = header.trim().split(',').count();
    let mut cells = vec![String::new(); width];
    for (at, value) in [
        (0, "1411400000100"),
        (1, "医療法人社団架空会　架空病院"),
        (6, "1"),
        (7, "14"),
        (8, "206"),
        (9, "神奈川県小田原市本町４－１－２６"),
        (10, "0.0"),
        (11, "0.0"),
    ] {
        cells[at] = value.to_owned();
    }
    for (day, value) in ["1", "1", "1", "1", "1", "1", "0"].iter().enumerate() {
        cells[13 + day] = (*value).to_owned();
    }
    let text = format!("{}\r\n{}\r\n", header.trim(), cells.join(","));
    house.take(&[house.file("01-1_hospital_facility_info_20251201.csv", text)]);
    let hospital = house.town("142069").remove(0);
    assert_eq!(hospital.kinds, ["hospital"]);
    assert_eq!(hospital.precision, crate::model::Precision::Town);
    let public = Viewer::public(house.db.env().now());
    let id = hospital.id;
    let services = house
        .db
        .read_blocking(&public, move |c| store::services_of(c, id))
        .unwrap();
    assert_eq!(
        services[0].days.as_deref(),
        Some("123456"),
        "1 is open, 0 is closed, blank is not stated"
    );

    let list = "項番,都道府県コード,都道府県名,受理届出名称,医療機関番号,併設医療機関番号,医療機関記号番号,医療機関名称,医療機関所在地（郵便番号）,医療機関所在地（住所）,電話番号,FAX番号,病床数,受理記号,受理番号,算定開始年月日\n1,14,神奈川県,療養病棟入院基本料,2300001,,,架空病院,250－0012,小田原市本町四丁目１番２６号,0465-00-0009,,,療養入院,第1号,令和 6年10月 1日\n";
    let reports = house.take(&[house.file("14_todokede_r0802.csv", list)]);
    assert_eq!(reports[0].source, "kouseikyoku");
    assert_eq!(reports[0].as_of, "2026-02-01");
    let town = house.town("142069");
    assert_eq!(town.len(), 1, "the same hospital by name and address");
    assert_eq!(town[0].phone, "0465-00-0009");
    let facts = house
        .db
        .read_blocking(&public, move |c| store::facts_of(c, id))
        .unwrap();
    assert_eq!(facts[0].from_on.unwrap().to_string(), "2024-10-01");
}

/// One letter of the name in its other form, at one address: two records and a question.
#[tokio::test(flavor = "multi_thread")]
async fn another_form_of_a_letter_is_a_doubtful_pair() {
    let house = house().await;
    let row = |number: &str, name: &str| {
        care(
            number,
            name,
            "通所介護",
            "中井町",
            "中井町井ノ口1",
            "35.33,139.22",
            "0465-00-0001",
        )
    };
    let text = format!(
        "{CARE}{}{}",
        row("1472000015", "架空山崎デイ"),
        row("1472000023", "架空山\u{fa11}デイ").replace("0465-00-0001", "")
    );
    let reports = house.take(&[house.file("a_20251231.csv", text)]);
    assert_eq!(
        (reports[0].added, reports[0].doubtful),
        (2, 1),
        "{:?}",
        reports[0]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn editions_are_compared_accepted_and_taken_back() {
    let house = house().await;
    let row = |n: u32, phone: &str| {
        care(
            &format!("14720{n:05}"),
            &format!("架空第{n}デイ"),
            "通所介護",
            "中井町",
            &format!("中井町井ノ口{n}"),
            "35.33,139.22",
            phone,
        )
    };
    let first: String = (1..=3).map(|n| row(n, "0465-00-0001")).collect();
    house.take(&[house.file("a_20251231.csv", format!("{CARE}{first}"))]);
    let again = house.take(&[house.file("a_20251231.csv", format!("{CARE}{first}"))]);
    assert_eq!(
        (again[0].unchanged, again[0].added, again[0].changed),
        (3, 0, 0),
        "importing again changes nothing"
    );
    let second = format!("{CARE}{}{}", row(1, "0465-00-0777"), row(4, "0465-00-0004"));
    let staged = house.stage(&[house.file("b_20260630.csv", second)]);
    assert_eq!(
        house.town("143618").len(),
        3,
        "nothing is seen before it is accepted"
    );
    let report = &staged.files[0];
    assert_eq!(
        (report.added, report.changed, report.vanished),
        (1, 1, 2),
        "{report:#?}"
    );
    assert!(matches!(
        stage(&house.db, &[], "", "", false),
        Err(ImportError::Busy(_))
    ));
    accept::accept(&house.db, &house.viewer(), staged.number).unwrap();
    let town = house.town("143618");
    assert_eq!(town.len(), 4, "vanished is not closed");
    assert_eq!(town.iter().filter(|p| p.absent_since.is_some()).count(), 2);
    assert!(town.iter().any(|p| p.phone == "0465-00-0777"));
    undo::undo(&house.db, &house.viewer(), staged.number).unwrap();
    let town = house.town("143618");
    assert_eq!(town.len(), 3);
    assert!(
        town.iter()
            .all(|p| p.phone == "0465-00-0001" && p.absent_since.is_none()),
        "{town:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_table_leaves_everything_as_it_is() {
    let house = house().await;
    let swapped: String = (0..150)
        .map(|n| {
            format!("143618,1,神奈川県,中井町,0465-00-{n:04},,井ノ口,通所介護,,,,,,,,,,,,,,,,\n")
        })
        .collect();
    for (name, bytes, why) in [
        ("header.csv", b"a,b\n1,2\n".to_vec(), "header"),
        ("empty.csv", Vec::new(), "empty"),
        ("bomb.zip", b"PK\x03\x04 nothing".to_vec(), "zip"),
        (
            "torn.csv",
            [
                CARE.as_bytes(),
                &"143618,1472000015,神奈川".as_bytes()[..26],
            ]
            .concat(),
            "encoding",
        ),
        (
            "swapped.csv",
            format!("{CARE}{swapped}").into_bytes(),
            "columns",
        ),
    ] {
        let staged = house.stage(&[house.file(name, bytes)]);
        assert_eq!(
            staged.files[0].unreadable.as_ref().map(|u| u.why.as_str()),
            Some(why),
            "{name}"
        );
        undo::discard(&house.db, staged.number).unwrap();
    }
    assert!(house.town("143618").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_bytes_end_the_process(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let places = Places::default();
        let mut columns = None;
        let _ = read::each_line_of(Cursor::new(bytes), &mut |line| {
            if let Some(known) = &columns {
                let _ = parse::read(known, &line, &places, &parse::About::default());
            } else {
                columns = Columns::of(&line.cells, &HashMap::new());
            }
            true
        });
    }

    #[test]
    fn any_cells_are_a_row_or_a_reason(cells in proptest::collection::vec("\\PC{0,12}|[0-9.]{0,14}|[０-９ー－]{0,9}", 24)) {
        let header: Vec<String> = CARE.trim().split(',').map(str::to_owned).collect();
        let columns = Columns::of(&header, &HashMap::new()).unwrap();
        let line = read::Line { number: 2, cells, formulas: Vec::new() };
        let mut places = Places::default();
        places.everywhere = true;
        if let parse::Read::Row(record, _) = parse::read(&columns, &line, &places, &parse::About::default()) {
            prop_assert!(record.municipality.len() == 6 && !record.name.is_empty());
            let again: record::Record = serde_json::from_str(&record.to_json()).unwrap();
            prop_assert_eq!(again.fingerprint(), record.fingerprint());
            prop_assert_eq!(record.over(&record).fingerprint(), record.fingerprint());
            prop_assert!(record.key().chars().count() <= 120);
        }
    }
}
