package trainyard.scenario.verify.training;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.step.EventStepModel;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * What each effect of the model contributes to its error: the sources with gated rows, scored with everything and then
 * with one effect left out at a time.
 *
 * @param sources names of the sources
 * @param errors mean absolute error and bias by source, in per cent, for each line of the table
 */
public record Ablation(List<String> sources, Map<String, List<Error>> errors) {

    private static final String EVERYTHING = "everything";
    private static final String RINGS_ONLY = "without: choice of NCCL (rings only)";

    private static final Set<Collective> RING_OPERATIONS =
            EnumSet.of(Collective.ALL_REDUCE, Collective.REDUCE_SCATTER, Collective.ALL_GATHER, Collective.BROADCAST);

    /** Mean absolute error and bias, in per cent. */
    public record Error(OptionalDouble meanAbsolutePercent, OptionalDouble biasPercent) {

        /** As tables show it, the bias in brackets. */
        String text() {
            return meanAbsolutePercent.isEmpty()
                    ? "-"
                    : String.format(
                            Locale.ROOT, "%.1f (%+.1f)", meanAbsolutePercent.getAsDouble(), biasPercent.getAsDouble());
        }
    }

    /** How often all rows are scored. */
    public static int passes() {
        return ModellingElement.values().length + 2;
    }

    /**
     * Scores all sources once for each effect; takes as many times as long as one verification.
     *
     * @param progress is told how many rows were scored, of all passes together
     */
    public static Ablation of(HardwareCatalog catalog, Measurements measurements, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        IntConsumer row = ofThisPass -> progress.accept(done.incrementAndGet());
        EventStepModel whole = new EventStepModel(cluster -> NcclModel.on(cluster, catalog, NcclOptions.automatic()));
        List<SourceScore> scores = scores(catalog, whole, measurements, row);
        List<String> sources = scores.stream().map(SourceScore::source).toList();
        Map<String, List<Error>> errors = new LinkedHashMap<>();
        errors.put(EVERYTHING, errors(scores));
        for (ModellingElement element : ModellingElement.values()) {
            errors.put(
                    "without: " + element.label(), errors(scores(catalog, whole.without(element), measurements, row)));
        }
        errors.put(RINGS_ONLY, errors(scores(catalog, ringsOnly(catalog), measurements, row)));
        return new Ablation(sources, errors);
    }

    /** Every exchange by rings that can go by rings; messages and all-to-all have no choice of algorithm. */
    private static EventStepModel ringsOnly(HardwareCatalog catalog) {
        NcclOptions rings = NcclOptions.automatic().only(NcclAlgorithm.RING);
        return new EventStepModel(cluster -> {
            CollectiveModel ring = NcclModel.on(cluster, catalog, rings);
            CollectiveModel other = NcclModel.on(cluster, catalog, NcclOptions.automatic());
            return (operation, bytes, group) -> RING_OPERATIONS.contains(operation)
                    ? ring.time(operation, bytes, group)
                    : other.time(operation, bytes, group);
        });
    }

    private static List<SourceScore> scores(
            HardwareCatalog catalog, EventStepModel model, Measurements measurements, IntConsumer row) {
        return Verification.run(new TrainingSuite(catalog, model), measurements, row).sources().stream()
                .filter(score -> score.gated() > 0)
                .toList();
    }

    private static List<Error> errors(List<SourceScore> scores) {
        return scores.stream()
                .map(score -> new Error(score.meanAbsolutePercent(), score.biasPercent()))
                .toList();
    }

    /** The table: a line for each effect, MAPE and bias of each source. */
    public String text() {
        int width = errors.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder("MAPE % (bias %) over gated rows\n\n");
        text.append(" ".repeat(width));
        sources.forEach(source -> text.append(String.format(Locale.ROOT, " %18s", source)));
        text.append('\n');
        errors.forEach((line, row) -> {
            text.append(String.format(Locale.ROOT, "%-" + width + "s", line));
            row.forEach(error -> text.append(String.format(Locale.ROOT, " %18s", error.text())));
            text.append('\n');
        });
        return text.toString();
    }
}
