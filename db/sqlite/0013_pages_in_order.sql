-- A page of a publication is read in the order of its rows. Without the plus, which keeps the index on UntilPublication out
-- of it, SQLite gathers all rows of the publication and sorts them before it gives the first.

DROP VIEW PublishedOutcome;
CREATE VIEW PublishedOutcome AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.MeasureId, k.Respondents, k.ScoreSum, k.Mean, k.StandardDeviation, k.IntervalLow, k.IntervalHigh, k.PassedOver, k.NotGood, k.WantChange, k.NotGoodWantChange, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptOutcome k ON k.FromPublication <= n.Number AND +k.UntilPublication > n.Number;

DROP VIEW PublishedDistribution;
CREATE VIEW PublishedDistribution AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.MeasureId, k.OptionCode, k.OptionTextNl, k.OptionTextEn, k.Position, k.People, k.Share, k.ShareLow, k.ShareHigh, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptDistribution k ON k.FromPublication <= n.Number AND +k.UntilPublication > n.Number;

DROP VIEW PublishedParticipation;
CREATE VIEW PublishedParticipation AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.Invited, k.Held, k.Refused, k.Stopped, k.NotReached, k.Marked, k.ResponseRate, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptParticipation k ON k.FromPublication <= n.Number AND +k.UntilPublication > n.Number;
