-- A provider's former lives are looked up by their successor.
CREATE INDEX provider_successor ON provider (successor) WHERE successor IS NOT NULL;
