-- Agreements of which the client was told, by when: those only become more, and a page of them is found and counted without reading the agreements themselves.
CREATE INDEX IX_Agreement_Told ON Agreement (ClientId, ToldBackAt, DueOn) WHERE ToldBackAt IS NOT NULL;
