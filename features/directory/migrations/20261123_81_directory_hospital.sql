-- 「病院の方へ」: whom a hospital asks for a patient's care manager, one window per municipality. NULL: nobody has registered it.

-- draft: what an editor proposed, JSON by column, until an approver publishes it or sends it back. It holds no personal data.
-- table: hospital_window open
CREATE TABLE hospital_window (
  municipality TEXT NOT NULL PRIMARY KEY CHECK (length(municipality) = 6),
  window_name TEXT CHECK (length(window_name) <= 200),
  phone TEXT CHECK (length(phone) <= 40),
  fax TEXT CHECK (length(fax) <= 40),
  hours TEXT CHECK (length(hours) <= 500),
  answers TEXT CHECK (length(answers) <= 1000),
  to_whom TEXT CHECK (length(to_whom) <= 1000),
  how TEXT CHECK (length(how) <= 1000),
  outside TEXT CHECK (length(outside) <= 1000),
  verified_on TEXT,
  verified_by TEXT CHECK (length(verified_by) <= 200),
  draft TEXT CHECK (length(draft) <= 20000),
  draft_by TEXT CHECK (length(draft_by) <= 200),
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK ((draft IS NULL) = (draft_by IS NULL))
);
