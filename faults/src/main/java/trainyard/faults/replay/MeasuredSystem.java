package trainyard.faults.replay;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RedundantStages;
import trainyard.faults.recovery.Rejoin;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.engine.SimTime;

/**
 * A system that trains on any number of nodes, as it was measured: throughput by nodes, and what a lost node costs.
 *
 * @param kind what it does about a lost node
 * @param throughput without failures
 * @param samplesPerStep samples of a step, at least 1
 * @param restartSeconds from the loss of a node until it trains on the others, 0 or more
 * @param saveSeconds of a checkpoint, during which it stands still, 0 or more
 * @param saveEvery steps from one checkpoint to the next, at least 1
 */
public record MeasuredSystem(
        Kind kind,
        ThroughputByNodes throughput,
        long samplesPerStep,
        double restartSeconds,
        double saveSeconds,
        int saveEvery) {

    /** What a system does about a lost node. In all of them nodes that come back wait for the next restart. */
    public enum Kind {
        /** Pipelines from templates, which copy what they lack from each other (Jang et al., SOSP 2023). */
        OOBLECK,
        /** The newest checkpoint, on pipelines planned anew (Athlur et al., EuroSys 2022). */
        VARUNA,
        /** Each node also computes the next stage (Thorpe et al., NSDI 2023). */
        BAMBOO
    }

    public MeasuredSystem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(throughput, "throughput");
        if (samplesPerStep < 1 || !(restartSeconds >= 0) || !(saveSeconds >= 0) || saveEvery < 1) {
            throw new IllegalArgumentException("a system has samples, times of at least 0 and steps between saves, got "
                    + samplesPerStep + ", " + restartSeconds + ", " + saveSeconds + " and " + saveEvery);
        }
    }

    /**
     * As the Oobleck artifact measured it.
     *
     * @param system {@code oobleck}, {@code varuna} or {@code bamboo}
     * @throws IllegalArgumentException if it did not measure the system or the model
     */
    public static MeasuredSystem published(String system, String model) {
        ThroughputByNodes throughput = ThroughputByNodes.published(system, model);
        CsvRow row = CsvTable.resource(MeasuredSystem.class, "systems.csv")
                .require("system", "model", "samples_per_step", "restart_s", "save_s", "save_every")
                .rows()
                .stream()
                .filter(candidate -> candidate.text("system").equals(system)
                        && candidate.text("model").equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no restart time of " + system + " for " + model));
        return new MeasuredSystem(
                Kind.valueOf(system.toUpperCase(Locale.ROOT)),
                throughput,
                row.integer("samples_per_step", 1, Integer.MAX_VALUE),
                row.notNegative("restart_s"),
                row.notNegative("save_s"),
                row.integer("save_every", 1, 1_000_000));
    }

    /** The recovery policy that does the same. */
    RecoveryPolicy policy() {
        int least = throughput.least();
        return switch (kind) {
            case OOBLECK -> new PipelineTemplates(Math.max(1, least / 2), 1, Rejoin.AT_RESTART);
            case VARUNA -> new ElasticShrink(least, false, OnLoss.ACCUMULATE, Rejoin.AT_RESTART);
            case BAMBOO -> new RedundantStages(0, 1, true);
        };
    }

    /** Its slots: a ring of stages where neighbours matter, else nodes that are all alike. */
    JobLayout layout(int nodes) {
        return kind == Kind.BAMBOO ? new JobLayout(1, nodes, nodes) : new JobLayout(nodes, 1, 1);
    }

    CheckpointPlan checkpoints() {
        return new CheckpointPlan(
                saveEvery, List.of(CheckpointLevel.blocking("storage", SimTime.nanos(saveSeconds), 0, Damage.SITE)));
    }
}
