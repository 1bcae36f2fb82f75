-- Agreements of which the client was not told yet, apart from those that ended: these are few however long an organisation asks, and are what pages are about.
CREATE INDEX IX_Agreement_Running ON Agreement (ClientId, DueOn, DoneAt, NotDoneAt) WHERE ToldBackAt IS NULL;
