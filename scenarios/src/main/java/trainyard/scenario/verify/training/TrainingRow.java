package trainyard.scenario.verify.training;

import trainyard.parallel.job.TrainingJob;

/** What a row of a table of training runs turned out to be. */
public sealed interface TrainingRow {

    /** Identifier within its file. */
    String id();

    /** {@code yes}, or {@code no: } and why the row does not count towards an accuracy bar. */
    String gate();

    /**
     * A row that can be predicted.
     *
     * @param job the run it describes
     * @param published the figure to predict
     */
    record Scorable(String id, String gate, TrainingJob job, PublishedFigure published) implements TrainingRow {}

    /**
     * A row that cannot be predicted.
     *
     * @param reason the column that is missing, or the kind of run that the simulator does not have
     */
    record Skipped(String id, String gate, String reason) implements TrainingRow {}

    /**
     * A row that the simulator refuses although it describes a run that took place. Counts as an error of 100 %.
     *
     * @param published the figure that should have been predicted
     * @param reason why the simulator refuses
     */
    record Rejected(String id, String gate, PublishedFigure published, String reason) implements TrainingRow {}
}
