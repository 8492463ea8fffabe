//! How quick the index is: half a million invented documents. Run by hand:
//! `cargo test -p search -- --ignored --nocapture speed`.

use super::*;

const PLACES: usize = 170;
const KINDS: usize = 12;
const NAMES: [&str; 20] = [
    "さくら",
    "ひかり",
    "みどり",
    "あおば",
    "ふじみ",
    "つばさ",
    "こまち",
    "やまと",
    "みなと",
    "すずらん",
    "桜",
    "光",
    "緑",
    "青葉",
    "富士見",
    "中央",
    "東",
    "西",
    "本町",
    "駅前",
];
const ENDS: [&str; 12] = [
    "内科",
    "クリニック",
    "薬局",
    "歯科医院",
    "訪問看護ステーション",
    "デイサービス",
    "ケアセンター",
    "居宅介護支援事業所",
    "病院",
    "グループホーム",
    "小規模多機能",
    "老人ホーム",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as usize) % sides
    }
}

fn town(number: usize) -> String {
    let letters: Vec<char> = "小大中上下山川田原沢谷津浜崎島松竹梅".chars().collect();
    let at = |n: usize| letters[n % letters.len()];
    format!(
        "{}{}{}市",
        at(number),
        at(number / 3 + 5),
        at(number / 7 + 11)
    )
}

fn invented(number: usize, dice: &mut Dice) -> Document {
    let (place, kind) = (dice.roll(PLACES), dice.roll(KINDS));
    let (one, two) = (NAMES[dice.roll(20)], NAMES[dice.roll(20)]);
    let name = format!("{one}{two}{}{}", ENDS[kind], dice.roll(997));
    Document {
        id: Uuid::from_u128(number as u128 + 1),
        kana: format!("{one}{two}ジギョウショ{}", dice.roll(89)),
        name,
        texts: vec![
            format!(
                "{}{}{}-{}",
                town(place),
                NAMES[dice.roll(20)],
                dice.roll(40),
                dice.roll(30)
            ),
            format!("医療法人{one}会"),
            format!("0465{:06}", dice.roll(1_000_000)),
        ],
        marks: vec![
            "status:open".to_owned(),
            "area:in".to_owned(),
            format!("town:{place}"),
            format!("kind:{kind}"),
            format!("family:{}", kind / 3),
        ],
        place: Some(Point {
            lat: 35.0 + place as f64 / 200.0 + dice.roll(1000) as f64 / 20_000.0,
            lon: 139.0 + place as f64 / 300.0 + dice.roll(1000) as f64 / 20_000.0,
        }),
        ..Document::default()
    }
}

/// Milliseconds that this thread had a processor: other work on the machine does not count.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}

#[test]
#[ignore = "takes half a minute and measures the machine"]
fn speed_of_half_a_million() {
    let mut index = Index::default();
    let mut dice = Dice(7);
    let began = busy();
    let mut all: Vec<Document> = (0..500_000).map(|n| invented(n, &mut dice)).collect();
    // As the directory reads them: by municipality and kind.
    all.sort_by(|a, b| a.marks.cmp(&b.marks));
    for document in &all {
        index.put(document);
    }
    drop(all);
    eprintln!(
        "indexed in {:.1} s, {:?}",
        (busy() - began) / 1000.0,
        index.size()
    );
    let mut words = Dictionary::default();
    for (kind, end) in ENDS.iter().enumerate() {
        words.add(end, &[format!("kind:{kind}")]);
    }
    for place in 0..PLACES {
        words.add(&town(place), &[format!("town:{place}")]);
    }
    let town = town(3);
    let asked: [(&str, &[&str]); 12] = [
        ("薬局", &[]),
        ("さくら薬局", &[]),
        (&town, &[]),
        (&format!("{town} 薬局"), &[]),
        ("ひかりデイサービス", &["town:3"]),
        ("富士見 内科", &["kind:0"]),
        ("", &["family:1"]),
        ("", &["town:5", "kind:2"]),
        ("さくら ひかり 病院", &[]),
        ("医療法人さくら会", &[]),
        ("みどり訪問看護", &[]),
        ("すずらんさくら薬局12", &[]),
    ];
    let (mut count, mut whole) = (0, 0.0);
    for (text, filters) in asked {
        let mut filters: Vec<Vec<String>> = filters.iter().map(|f| vec![(*f).to_owned()]).collect();
        filters.insert(0, vec!["status:open".to_owned()]);
        let query = Query {
            words: words.parse(text).words,
            filters,
            near: Some(Point {
                lat: 35.2,
                lon: 139.2,
            }),
            count: ["kind", "family", "town", "can", "language", "treats"]
                .map(str::to_owned)
                .to_vec(),
            limit: 20,
            ..Query::default()
        };
        let mut total = 0;
        let began = busy();
        for _ in 0..60 {
            total = index.search(&query).total;
        }
        let own = busy() - began;
        eprintln!("{text:24} {total:8} hits, {:.2} ms each", own / 60.0);
        (count, whole) = (count + 60, whole + own);
    }
    let rate = f64::from(count) * 1000.0 / whole;
    eprintln!("{rate:.0} searches per second of processor time");
}
