-- A choice asks all clients of a group or a drawn share, in a rhythm or at a moment in support, from several views together, and
-- can spread its first conversations over the months.

-- Of a hundred clients so many are drawn. Who follows from group and client, so that the same people stay drawn.
ALTER TABLE Choice ADD SharePercent int NOT NULL CONSTRAINT DF_Choice_SharePercent DEFAULT 100 CONSTRAINT CK_Choice_SharePercent CHECK (SharePercent BETWEEN 1 AND 100);
-- NULL: in a rhythm of months. Otherwise once, when this comes.
ALTER TABLE Choice ADD Moment varchar(20) NULL CONSTRAINT CK_Choice_Moment CHECK (Moment IN ('start', 'evaluation', 'farewell'));
ALTER TABLE Choice ADD Spreads bit NOT NULL CONSTRAINT DF_Choice_Spreads DEFAULT 0;
-- The same for choices that were made together, one for each view; NULL where one was made alone.
ALTER TABLE Choice ADD TogetherId uniqueidentifier NULL;
