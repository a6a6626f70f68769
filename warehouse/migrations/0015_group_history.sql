-- Several states of a group are kept, so that a statement that comes late need not have it followed from the beginning.

DROP TABLE group_state;
CREATE TABLE group_state (
  group_id    TEXT NOT NULL,
  issue_id    TEXT NOT NULL,
  settled_on  DATE NOT NULL,
  state       TEXT NOT NULL,
  PRIMARY KEY (group_id, issue_id, settled_on)
);
