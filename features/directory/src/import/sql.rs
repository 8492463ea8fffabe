//! Every statement of importing.

store::statements! {
    pub POINTS = "SELECT municipality, town, lat, lon FROM town_point";
    pub OPEN_EDITION = "SELECT number, state, touched_at FROM directory_edition WHERE slot = 1";
    pub RESERVE = "UPDATE directory_state SET reserved = reserved + 1 WHERE id = 1 RETURNING reserved";
    pub NEW_EDITION = "INSERT INTO directory_edition (number, id, title, files, state, rows_read, added, changed, unchanged,
        vanished, refused, suspicious, outside, report, by_name, created_at, touched_at, slot, version)
        VALUES (:number, :id, :title, :files, 'staging', 0, 0, 0, 0, 0, 0, 0, 0, '[]', :by, :now, :now, 1, 1)";
    pub TOUCH = "UPDATE directory_edition SET touched_at = :now WHERE number = :number AND state = 'staging'";
    pub READY = "UPDATE directory_edition SET state = 'ready', rows_read = :rows, added = :added, changed = :changed,
        unchanged = :unchanged, vanished = :vanished, refused = :refused, suspicious = :suspicious, outside = :outside,
        report = :report, touched_at = :now, version = version + 1 WHERE number = :number AND state = 'staging'";

    pub FIND_SERVICES = "SELECT dataset_key, id, provider, edition, fingerprint, official, absent_since
        FROM provider_service WHERE dataset = :dataset AND dataset_key IN LIST_TEXT(:keys)";
    pub FIND_NUMBERS = "SELECT scheme, value, provider FROM provider_identifier WHERE value IN LIST_TEXT(:numbers)";
    pub FIND_ADDRESSES = "SELECT id, edition, municipality, name_key, address_key, phone, kinds, name FROM provider
        WHERE address_key IN LIST_TEXT(:keys) AND status NOT IN ('moved', 'merged')";
    pub FIND_NAMES = "SELECT id, edition, municipality, name_key, address_key, phone, kinds, name FROM provider
        WHERE name_key IN LIST_TEXT(:keys) AND status NOT IN ('moved', 'merged')";
    pub FIND_PROVIDERS = "SELECT id, edition, municipality, name_key, address_key, phone, kinds, name FROM provider
        WHERE id IN LIST_ID(:ids)";
    pub SERVICES_TO_MISS = "SELECT s.id, s.provider, s.kind, s.dataset_key, p.municipality, p.name FROM provider_service s
        JOIN provider p ON p.id = s.provider WHERE s.dataset = :dataset AND s.edition < :edition AND s.absent_since IS NULL
        AND s.ended_on IS NULL";

    pub ADD_PROVIDERS = "INSERT INTO provider (id, edition, status, in_area, municipality, name, kana, name_en, name_key, postal,
        address, building, address_key, lat, lon, precision_code, stated_lat, stated_lon, phone, fax, url, corporation,
        corporation_number, kinds, note, source, source_date, verified_by, fictional, updated_at, version)
        SELECT ROW_ID(0), :edition, 'open', CAST(r ->> 1 AS BIGINT), r ->> 2, r ->> 3, r ->> 4, r ->> 5, r ->> 6, r ->> 7,
        r ->> 8, r ->> 9, r ->> 10, CAST(r ->> 11 AS DOUBLE PRECISION), CAST(r ->> 12 AS DOUBLE PRECISION), r ->> 13,
        CAST(r ->> 14 AS DOUBLE PRECISION), CAST(r ->> 15 AS DOUBLE PRECISION), r ->> 16, r ->> 17, r ->> 18, r ->> 19,
        r ->> 20, r ->> 21, '', :source, :as_of, '', 0, :now, 1 FROM LIST_ROWS(:rows) AS x";
    pub ADD_SERVICES = "INSERT INTO provider_service (id, provider, edition, kind, number, capacity, days, hours, hours_note,
        departments, beds, dataset, dataset_key, fingerprint, official, source, source_date)
        SELECT ROW_ID(0), ROW_ID(1), :edition, r ->> 2, r ->> 3, CAST(r ->> 4 AS BIGINT), r ->> 5, r ->> 6, r ->> 7, r ->> 8,
        r ->> 9, :dataset, r ->> 10, r ->> 11, r ->> 12, :source, r ->> 13 FROM LIST_ROWS(:rows) AS x";
    pub SET_SERVICES = "UPDATE provider_service SET kind = r ->> 2, number = r ->> 3, capacity = CAST(r ->> 4 AS BIGINT),
        days = r ->> 5, hours = r ->> 6, hours_note = r ->> 7, departments = r ->> 8, beds = r ->> 9,
        fingerprint = r ->> 11, official = r ->> 12, source_date = r ->> 13, absent_since = NULL
        FROM LIST_ROWS(:rows) AS x WHERE provider_service.id = ROW_ID(0)";
    pub ADD_NUMBERS = "INSERT INTO provider_identifier (scheme, value, provider, edition)
        SELECT r ->> 0, r ->> 1, ROW_ID(2), :edition FROM LIST_ROWS(:rows) AS x WHERE true
        ON CONFLICT (scheme, value) DO NOTHING";
    pub ADD_ALIASES = "INSERT INTO provider_alias (provider, alias, kind)
        SELECT ROW_ID(0), r ->> 1, 'source' FROM LIST_ROWS(:rows) AS x WHERE true
        ON CONFLICT (provider, alias) DO NOTHING";
    pub ADD_FACTS = "INSERT INTO provider_fact (id, provider, edition, scheme, class, number, value, from_on, source, source_date)
        SELECT ROW_ID(0), ROW_ID(1), :edition, r ->> 2, r ->> 3, r ->> 4, r ->> 5, r ->> 6, :source, :as_of
        FROM LIST_ROWS(:rows) AS x WHERE true ON CONFLICT (provider, scheme, class, number, value) DO NOTHING";
    pub ADD_PAIRS = "INSERT INTO provider_pair (first, second, edition, why, state, decided_by)
        SELECT ROW_ID(0), ROW_ID(1), :edition, r ->> 2, 'open', '' FROM LIST_ROWS(:rows) AS x WHERE true
        ON CONFLICT (first, second) DO NOTHING";
    pub ADD_ROWS = "INSERT INTO edition_row (edition, seq, outcome, file, line, kind, municipality, name, reason, service,
        provider, payload, before, applied)
        SELECT :edition, CAST(r ->> 0 AS BIGINT), r ->> 1, r ->> 2, CAST(r ->> 3 AS BIGINT), r ->> 4, r ->> 5, r ->> 6, r ->> 7,
        ROW_ID(8), ROW_ID(9), r ->> 10, r ->> 11, 0 FROM LIST_ROWS(:rows) AS x";
    pub FILL = "UPDATE provider SET kinds = CASE WHEN r ->> 1 = '' THEN kinds ELSE r ->> 1 END,
        kana = CASE WHEN kana = '' THEN r ->> 2 ELSE kana END, phone = CASE WHEN phone = '' THEN r ->> 3 ELSE phone END,
        fax = CASE WHEN fax = '' THEN r ->> 4 ELSE fax END, url = CASE WHEN url = '' THEN r ->> 5 ELSE url END,
        corporation = CASE WHEN corporation = '' THEN r ->> 6 ELSE corporation END,
        corporation_number = CASE WHEN corporation_number = '' THEN r ->> 7 ELSE corporation_number END,
        postal = CASE WHEN postal = '' THEN r ->> 8 ELSE postal END,
        lat = CASE WHEN precision_code <> 'exact' AND r ->> 9 IS NOT NULL THEN CAST(r ->> 9 AS DOUBLE PRECISION) ELSE lat END,
        lon = CASE WHEN precision_code <> 'exact' AND r ->> 9 IS NOT NULL THEN CAST(r ->> 10 AS DOUBLE PRECISION) ELSE lon END,
        precision_code = CASE WHEN precision_code <> 'exact' AND r ->> 9 IS NOT NULL THEN 'exact' ELSE precision_code END,
        updated_at = :now, version = version + 1
        FROM LIST_ROWS(:rows) AS x WHERE provider.id = ROW_ID(0)";
}
