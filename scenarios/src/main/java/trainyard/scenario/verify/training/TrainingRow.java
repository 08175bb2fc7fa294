package trainyard.scenario.verify.training;

import trainyard.parallel.job.TrainingJob;

/** What a row of a table of training runs turned out to be. */
public sealed interface TrainingRow {

    /** Identifier within its file. */
    String id();

    /** Whether the row counts towards an accuracy bar. */
    boolean gated();

    /**
     * A row that can be predicted.
     *
     * @param job the run it describes
     * @param published the figure to predict
     */
    record Scorable(String id, boolean gated, TrainingJob job, PublishedFigure published) implements TrainingRow {}

    /**
     * A row that cannot be predicted.
     *
     * @param reason the column that is missing, or the kind of run that the simulator does not have
     */
    record Skipped(String id, boolean gated, String reason) implements TrainingRow {}

    /**
     * A row that the simulator refuses although it describes a run that took place. Counts as an error of 100 %.
     *
     * @param published the figure that should have been predicted
     * @param reason why the simulator refuses
     */
    record Rejected(String id, boolean gated, PublishedFigure published, String reason) implements TrainingRow {}
}
