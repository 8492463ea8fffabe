//! Files that nobody should bring, and what becomes of them: a refusal or a report row by row, and the old edition untouched.

use std::io::Write;

use super::*;

/// Memory that is not given back to the system after an import counts too: the largest this process ever had, in MiB.
fn peak() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with("VmHWM"));
    let kib = line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// Tests that watch the memory of the process run one after the other.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

async fn with_one() -> House {
    let house = house().await;
    let row = care(
        "1472000015",
        "架空デイ中井",
        "通所介護",
        "中井町",
        "中井町井ノ口1",
        "35.33,139.22",
        "0465-00-0001",
    );
    house.take(&[house.file("old_20251231.csv", format!("{CARE}{row}"))]);
    house
}

/// Only ours of the whole country are taken, and the memory stays that of a few blocks.
#[tokio::test(flavor = "multi_thread")]
async fn a_national_file_brings_the_area_only() {
    let _alone = ALONE.lock().await;
    let house = with_one().await;
    let mut text = CARE.to_owned();
    for n in 0..300_000 {
        let (code, town) = if n % 30_000 == 7 {
            ("143618", "中井町")
        } else {
            ("011002", "札幌市")
        };
        text.push_str(&format!(
            "{code},{n},神奈川県,{town},架空第{n}デイ,,通所介護,{town}本町{n},,,,0465-00-0001,,,,14{n:08},,,10,,,,,\r\n"
        ));
    }
    let size = text.len() as u64 >> 20;
    let before = peak();
    let staged = house.stage(&[house.file("jigyosho_150_20260630.csv", text)]);
    let report = &staged.files[0];
    assert_eq!(report.read, 300_000, "{report:?}");
    assert_eq!((report.added, report.outside), (10, 299_990));
    assert!(peak() - before < 100 + size, "{} MiB", peak() - before);
    assert_eq!(
        house.town("143618").len(),
        1,
        "nothing is seen before it is accepted"
    );
    undo::discard(&house.db, staged.number).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn coordinates_of_zero_are_missing() {
    let house = with_one().await;
    let rows: String = (0..40)
        .map(|n| {
            let at = if n % 2 == 0 { "0,0" } else { "35.33,139.22" };
            care(
                &format!("14721{n:05}"),
                &format!("架空第{n}デイ"),
                "通所介護",
                "中井町",
                &format!("中井町井ノ口1{n:02}"),
                at,
                "0465-00-0001",
            )
        })
        .collect();
    house.take(&[house.file("zero_20260630.csv", format!("{CARE}{rows}"))]);
    let town = house.town("143618");
    let exact = |p: &&crate::model::Provider| p.precision == crate::model::Precision::Exact;
    assert_eq!(town.iter().filter(exact).count(), 21);
    assert!(town.iter().all(|p| p.lat.is_none_or(|lat| lat > 30.0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn latitude_and_longitude_in_each_others_column_are_exchanged_and_reported() {
    let house = with_one().await;
    let row = care(
        "1472000023",
        "架空逆さデイ",
        "通所介護",
        "中井町",
        "中井町井ノ口2",
        "139.22,35.33",
        "0465-00-0002",
    );
    let reports = house.take(&[house.file("swapped_20260630.csv", format!("{CARE}{row}"))]);
    assert!(
        reports[0]
            .remarks
            .iter()
            .any(|r| r.why == "swapped-coordinates"),
        "{:?}",
        reports[0]
    );
    let town = house.town("143618");
    let turned = town.iter().find(|p| p.name == "架空逆さデイ").unwrap();
    assert_eq!((turned.lat, turned.lon), (Some(35.33), Some(139.22)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_cut_off_in_the_middle_and_a_bomb_change_nothing() {
    let _alone = ALONE.lock().await;
    let house = with_one().await;
    let rows: String = (0..2_000)
        .map(|n| {
            care(
                &format!("14720{n:05}"),
                &format!("架空第{n}デイ"),
                "通所介護",
                "中井町",
                "中井町井ノ口1",
                "",
                "",
            )
        })
        .collect();
    let whole = format!("{CARE}{rows}").into_bytes();
    let cut = (whole.len() / 2..)
        .find(|at| whole[*at] & 0xc0 == 0x80)
        .unwrap();
    let zeros = vec![b'0'; 310 << 20];
    let bomb = zipped(&[
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("xl/workbook.xml", b"<workbook/>".as_slice()),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    assert!(bomb.len() < 1 << 20, "it is small on the disk");
    let line = zipped(&[("a.csv", &zeros)]);
    drop(zeros);
    for (name, bytes, why) in [
        ("cut_20260630.csv", whole[..cut].to_vec(), "encoding"),
        ("bomb.xlsx", bomb, "unpacks"),
        ("line.zip", line, "encoding"),
    ] {
        let before = peak();
        let staged = house.stage(&[house.file(name, bytes)]);
        let unreadable = staged.files[0].unreadable.as_ref();
        assert_eq!(unreadable.map(|u| u.why.as_str()), Some(why), "{name}");
        assert!(peak() - before < 200, "{name}: {} MiB", peak() - before);
        assert_eq!(house.town("143618").len(), 1, "{name}");
        undo::discard(&house.db, staged.number).unwrap();
        assert_eq!(house.town("143618").len(), 1, "{name}");
    }
}

/// What a formula shows is whatever the last program computed: such cells are refused, the others of the sheet are taken.
#[tokio::test(flavor = "multi_thread")]
async fn formulas_refuse_their_row() {
    let house = with_one().await;
    let sheet = r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>市町村</t></is></c><c r="C1" t="inlineStr"><is><t>住所</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>架空第一薬局</t></is></c><c r="B2" t="inlineStr"><is><t>中井町</t></is></c><c r="C2" t="inlineStr"><is><t>井ノ口5</t></is></c></row>
<row r="3"><c r="A3" t="str"><f>HYPERLINK("http://example.invalid")</f><v>架空第二薬局</v></c><c r="B3" t="inlineStr"><is><t>中井町</t></is></c><c r="C3" t="inlineStr"><is><t>井ノ口6</t></is></c></row>
</sheetData></worksheet>"#;
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let book = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let links = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let root = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let bytes = zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let source = Source {
        kind: Some("pharmacy".to_owned()),
        ..house.file("list.xlsx", bytes)
    };
    let reports = house.take(&[source]);
    let report = &reports[0];
    assert_eq!(
        (report.read, report.added, report.refused),
        (2, 1, 1),
        "{report:?}"
    );
    assert_eq!(report.refusals[0].why, "formula");
    assert_eq!(report.refusals[0].line, 3);
}

/// A table whose columns are called otherwise is read by a saved mapping.
#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_says_which_column_is_what() {
    let house = with_one().await;
    let text = "お店,まち,ばしょ,でんわ\n架空第三薬局,中井町,井ノ口7,0465-00-0007\n";
    let plain = house.stage(&[house.file("shops.csv", text)]);
    assert_eq!(plain.files[0].unreadable.as_ref().unwrap().why, "header");
    undo::discard(&house.db, plain.number).unwrap();
    let mapping = [
        ("name", "お店"),
        ("city", "まち"),
        ("address", "ばしょ"),
        ("phone", "でんわ"),
    ];
    let source = Source {
        kind: Some("pharmacy".to_owned()),
        mapping: mapping
            .iter()
            .map(|(f, c)| ((*f).to_owned(), (*c).to_owned()))
            .collect(),
        ..house.file("shops.csv", text)
    };
    let reports = house.take(&[source]);
    assert_eq!(
        (reports[0].added, reports[0].refused),
        (1, 0),
        "{:?}",
        reports[0]
    );
    let town = house.town("143618");
    let shop = town.iter().find(|p| p.name == "架空第三薬局").unwrap();
    assert_eq!(
        (shop.address.as_str(), shop.phone.as_str()),
        ("井ノ口7", "0465-00-0007")
    );
}
