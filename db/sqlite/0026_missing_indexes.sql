-- Indexes that were missing: each for a statement that went through its table from end to end.
-- Counting reads a family's answers without a name; participation, who took part so; a choice asks whether anybody did.
CREATE INDEX IX_AnonymousConversation_Family ON AnonymousConversation (InstrumentId, Perspective, InstrumentVersion, GroupId, Id);
CREATE INDEX IX_AnonymousPermission_Family ON AnonymousPermission (InstrumentId, Perspective);
CREATE INDEX IX_AnonymousPermission_ChoiceId ON AnonymousPermission (ChoiceId, GroupId);
-- A plan that is over is taken away once nobody is due by it: asked for each.
CREATE INDEX IX_DueLine_PlanId ON DueLine (PlanId);
