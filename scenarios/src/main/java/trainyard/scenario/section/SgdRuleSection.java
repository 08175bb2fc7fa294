package trainyard.scenario.section;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;

/** {@code sgd.rule}: who reads and updates when. */
public final class SgdRuleSection {

    /** Kinds of rule. */
    public enum Kind {
        SYNC,
        BACKUP,
        K_SYNC,
        K_BATCH_SYNC,
        K_ASYNC,
        K_BATCH_ASYNC,
        ASYNC,
        SSP
    }

    public static final Field<Kind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("update rule", Kind.class),
                    "`sync`: each update is the mean of one gradient of every worker. `backup`: of all but the `backups` slowest."
                            + " `k-sync`: of the first `gradients` workers, and the others are called off; `k-batch-sync`: of the first"
                            + " `gradients` batches. `k-async`, `k-batch-async`: the same, and nobody is called off, so gradients may be"
                            + " old. `async`: each gradient is an update. `ssp`: that, but nobody is more than `slack` gradients ahead.")
            .orElse("sync");
    public static final Field<Exchange> EXCHANGE = Field.of(
                    "exchange",
                    ChoiceType.of("exchange", Exchange.class),
                    "Whether gradients come together by a collective or at parameter servers; all other rules have servers.")
            .orElse("all-reduce")
            .only(Use.with(KIND, Kind.SYNC));
    public static final Field<Long> GRADIENTS = Field.of(
                    "gradients", IntegerType.of("gradients", 1, 100_000), "Gradients of one update.")
            .orElse("1")
            .only(Use.with(KIND, Kind.K_SYNC, Kind.K_BATCH_SYNC, Kind.K_ASYNC, Kind.K_BATCH_ASYNC));
    public static final Field<Long> BACKUPS = Field.of(
                    "backups",
                    IntegerType.of("workers", 0, 100_000),
                    "Workers of each update that nobody waits for.")
            .orElse("1 worker")
            .only(Use.with(KIND, Kind.BACKUP));
    public static final Field<Long> SLACK = Field.of(
                    "slack",
                    IntegerType.of("gradients", 0, 1_000_000),
                    "Gradients that a worker may have finished more than the slowest, and still start the next.")
            .orElse("3 gradients")
            .only(Use.with(KIND, Kind.SSP));

    public static final Section SECTION = Section.of(
            "sgd.rule",
            "The update rule: who reads when, whose gradient counts, and when parameters change.",
            KIND,
            EXCHANGE,
            GRADIENTS,
            BACKUPS,
            SLACK);

    private SgdRuleSection() {}

    /**
     * The rule.
     *
     * @throws ScenarioException if it does not fit the number of workers
     */
    public static UpdateRule bind(Values values, int workers) {
        Kind kind = values.get(KIND);
        int gradients = Math.toIntExact(values.find(GRADIENTS).orElse(1L));
        boolean ofWorkers = kind == Kind.K_SYNC || kind == Kind.K_ASYNC;
        if (ofWorkers && gradients > workers) {
            throw problem(values, GRADIENTS, gradients + " gradients of different workers", workers);
        }
        int backups = Math.toIntExact(values.find(BACKUPS).orElse(0L));
        if (kind == Kind.BACKUP && backups >= workers) {
            throw problem(values, BACKUPS, backups + " backups", workers);
        }
        return switch (kind) {
            case SYNC -> new Synchronous(values.get(EXCHANGE));
            case BACKUP -> new BackupWorkers(backups);
            case K_SYNC -> new KSync(gradients);
            case K_BATCH_SYNC -> new KBatchSync(gradients);
            case K_ASYNC -> new KAsync(gradients);
            case K_BATCH_ASYNC -> new KBatchAsync(gradients);
            case ASYNC -> new Asynchronous();
            case SSP -> new StaleSynchronous(Math.toIntExact(values.get(SLACK)));
        };
    }

    private static ScenarioException problem(Values values, Field<?> field, String what, int workers) {
        return new ScenarioException(Problem.at(
                values.position(field),
                Problem.Kind.PLAN,
                what + " do not fit " + workers + (workers == 1 ? " worker" : " workers"),
                "write fewer, or more sgd.workers"));
    }
}
