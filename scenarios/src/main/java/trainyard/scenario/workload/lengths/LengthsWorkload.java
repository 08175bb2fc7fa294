package trainyard.scenario.workload.lengths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.length.LengthDesign;
import trainyard.parallel.length.LengthLaw;
import trainyard.parallel.length.LengthSimulation;
import trainyard.parallel.length.LengthStep;
import trainyard.parallel.length.SteppedCost;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.section.job.LengthsSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.scenario.workload.step.StepWorkload;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * A job whose sequences vary in length.
 *
 * @param step one of its steps, from which micro-batches are priced
 * @param section {@code lengths}
 * @param lengths of the sequences
 * @param cost of micro-batches
 * @param steps steps that are drawn
 * @param streams randomness of the replication
 */
record LengthsWorkload(
        StepWorkload step, Values section, LengthLaw lengths, SteppedCost cost, int steps, RandomStreams streams)
        implements Workload {

    private static final double DAY = 86_400;
    private static final int BUCKETS = 32;

    /**
     * The first replication.
     *
     * @throws ScenarioException if the section contradicts the job, or too much would be drawn
     */
    static LengthsWorkload bind(StepWorkload step, Values section) {
        TrainingJob job = step.job();
        if (job.ofImages()) {
            throw new ScenarioException(Problem.at(
                    section.position(),
                    Problem.Kind.PLAN,
                    job.model().name() + " trains on images, which all have one length",
                    "leave lengths out"));
        }
        int longest = section.get(LengthsSection.LONGEST)
                .map(Math::toIntExact)
                .orElse(job.batch().sequence());
        if (longest > job.batch().sequence()) {
            throw new ScenarioException(Problem.at(
                    section.position(LengthsSection.LONGEST),
                    Problem.Kind.PLAN,
                    "the longest sequence has " + longest + " tokens, the job's have at most "
                            + job.batch().sequence(),
                    "raise job.batch.sequence-length"));
        }
        int bucket = section.get(LengthsSection.BUCKET).map(Math::toIntExact).orElse(Math.max(1, longest / BUCKETS));
        double mean = section.get(LengthsSection.MEAN);
        double spread = section.get(LengthsSection.SPREAD);
        Distribution law = spread == 0 ? new Fixed(mean) : new LogNormal(mean, spread);
        int steps = Math.toIntExact(section.get(LengthsSection.STEPS));
        double drawn = (double) job.batch().global() * steps;
        if (drawn > LengthSimulation.MAX_SEQUENCES) {
            throw new ScenarioException(Problem.at(
                    section.position(LengthsSection.STEPS),
                    Problem.Kind.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%.3g sequences would be drawn, more than %d",
                            drawn,
                            LengthSimulation.MAX_SEQUENCES),
                    "lower lengths.steps"));
        }
        return new LengthsWorkload(
                step,
                section,
                new LengthLaw(law, longest, bucket),
                new SteppedCost(step.model(), job),
                steps,
                new RandomStreams(0, 0));
    }

    /** The same design with other randomness. */
    LengthsWorkload with(RandomStreams other) {
        return new LengthsWorkload(step, section, lengths, cost, steps, other);
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    private double limitBytes() {
        return step.job().cluster().node().gpu().memoryBytes() * (1 - section.get(LengthsSection.HEAD_ROOM));
    }

    /** The problem of a job that cannot go on even with one sequence at a time. */
    private Optional<Problem> hopeless() {
        double least = cost.peakBytes(1, lengths.longest());
        if (least <= limitBytes()) {
            return Optional.empty();
        }
        return Optional.of(Problem.at(
                section.position(LengthsSection.LONGEST),
                Problem.Kind.MEMORY,
                "a sequence of " + lengths.longest() + " tokens needs " + Units.format(least, Dimension.DATA)
                        + " alone, a GPU has " + Units.format(limitBytes(), Dimension.DATA) + " for it",
                "lower lengths.longest or lengths.head-room, or spread the job over more GPUs"));
    }

    private List<LengthStep> simulate() {
        TrainingJob job = step.job();
        int micro = job.batch().micro();
        int usual = lengths.padded((int) Math.min(lengths.longest(), Math.ceil(section.get(LengthsSection.MEAN))));
        LengthDesign design = new LengthDesign(
                job.plan().data(),
                job.microBatches(),
                micro,
                lengths,
                limitBytes(),
                section.get(LengthsSection.ON_OUT_OF_MEMORY),
                cost.restSeconds(micro, usual),
                section.get(LengthsSection.RESTART));
        return LengthSimulation.run(design, cost, steps, streams);
    }

    @Override
    public Outcome run() {
        try {
            Optional<Problem> hopeless = hopeless();
            return hopeless.isPresent()
                    ? new Outcome(Map.of(), Map.of(), Optional.empty(), hopeless)
                    : new Outcome(metrics(simulate()), Map.of(), Optional.empty(), Optional.empty())
                            .extrapolating(step.extrapolations());
        } catch (PlanException contradiction) {
            throw JobBinding.placed(step.cluster(), step.section(), contradiction);
        }
    }

    private Map<Metric, Double> metrics(List<LengthStep> all) {
        double seconds = sum(all, LengthStep::seconds);
        List<LengthStep> done = all.stream().filter(one -> !one.crashed()).toList();
        int micro = step.job().batch().micro();
        double crashes = all.size() - done.size();
        double halvedSteps = done.stream().filter(one -> one.halved() > 0).count();
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(LengthsMetrics.LEARNED, sum(done, LengthStep::tokens) / seconds);
        metrics.put(LengthsMetrics.CRASHES, crashes * DAY / seconds);
        metrics.put(LengthsMetrics.AVOIDED, halvedSteps * DAY / seconds);
        metrics.put(LengthsMetrics.OUT_OF_MEMORY, (crashes + halvedSteps) / all.size());
        metrics.put(LengthsMetrics.MEMORY, sum(all, LengthStep::peakBytes) / all.size());
        metrics.put(
                LengthsMetrics.LARGEST,
                all.stream().mapToDouble(LengthStep::peakBytes).max().orElseThrow());
        metrics.put(LengthsMetrics.LIMIT, limitBytes());
        metrics.put(StepMetrics.GPUS, (double) step.job().plan().gpus());
        metrics.put(LengthsMetrics.LOST, lost(all, seconds));
        if (!done.isEmpty()) {
            double sequences = sum(done, LengthStep::sequences);
            metrics.put(StepMetrics.STEP_TIME, sum(done, LengthStep::seconds) / done.size());
            metrics.put(LengthsMetrics.BATCH, sequences / done.size());
            metrics.put(LengthsMetrics.HALVED, sum(done, LengthStep::halved) / (sequences / micro));
            metrics.put(
                    LengthsMetrics.PADDING, 1 - sum(done, LengthStep::tokens) / sum(done, LengthStep::paddedTokens));
        }
        return metrics;
    }

    private static double sum(List<LengthStep> steps, ToDoubleFunction<LengthStep> value) {
        return steps.stream().mapToDouble(value).sum();
    }

    /** Against the throughput of the steps in which everything fits. */
    private static double lost(List<LengthStep> all, double seconds) {
        List<LengthStep> plain =
                all.stream().filter(one -> !one.crashed() && one.halved() == 0).toList();
        if (plain.isEmpty()) {
            return 1;
        }
        double rate = sum(plain, LengthStep::tokens) / sum(plain, LengthStep::seconds);
        return 1 - sum(all, LengthStep::tokens) / seconds / rate;
    }

    /** What micro-batches ask for over the steps, and what there is. */
    @Override
    public Details details() {
        if (hopeless().isPresent()) {
            return Details.NONE;
        }
        List<TimeSeries.At> asked = new ArrayList<>();
        List<TimeSeries.At> limit = new ArrayList<>();
        double now = 0;
        for (LengthStep one : simulate()) {
            asked.add(new TimeSeries.At(now, one.peakBytes()));
            limit.add(new TimeSeries.At(now, limitBytes()));
            now += one.seconds();
        }
        return new Details(
                List.of(
                        new TimeSeries(LengthsMetrics.MEMORY, "largest micro-batch", TimeSeries.Shape.STEP, asked),
                        new TimeSeries(LengthsMetrics.MEMORY, "limit", TimeSeries.Shape.STEP, limit)),
                List.of(),
                List.of(new Details.Sample(
                        LengthsMetrics.MEMORY,
                        asked.stream().map(TimeSeries.At::value).toList())),
                Optional.empty());
    }
}
