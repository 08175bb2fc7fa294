package trainyard.scenario.workload.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.input.InputBounds;
import trainyard.parallel.input.InputDemand;
import trainyard.parallel.input.InputPath;
import trainyard.parallel.input.InputSimulation;
import trainyard.parallel.input.InputWindow;
import trainyard.parallel.input.SampleCache;
import trainyard.parallel.input.StepRecord;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.input.InputSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.scenario.workload.step.StepWorkload;
import trainyard.sim.random.RandomStreams;

/**
 * A job that is fed with data.
 *
 * @param job what is trained
 * @param fed one of its steps without waiting for data
 * @param path of the data
 * @param demand what the steps ask of it
 * @param cache what nodes find in their caches
 * @param stepsPerEpoch steps in which the data set is read once, where its size is known
 * @param warmUp steps before those that are watched
 * @param steps steps that are watched
 * @param streams randomness of the replication
 */
record InputWorkload(
        TrainingJob job,
        Outcome fed,
        InputPath path,
        InputDemand demand,
        SampleCache cache,
        Optional<Double> stepsPerEpoch,
        int warmUp,
        int steps,
        RandomStreams streams)
        implements Workload {

    /** The part of what an LRU cache still hits is looked at in so many places of the epoch. */
    private static final int PLACES = 6;

    private static final double SECONDS_PER_YEAR = 365.25 * 24 * 3600;

    /** The engine counts 292 years of nanoseconds; reads and pauses may take a few times their mean. */
    private static final double MOST_YEARS = 10;

    /** A label of the part of the path that bounds the rate. */
    static final String BOUND = "bound by";

    /**
     * The first replication.
     *
     * @throws ScenarioException if the section contradicts itself or the job
     */
    static InputWorkload bind(StepWorkload step, Values section) {
        TrainingJob job = step.job();
        InputDesign design = new InputDesign(job, section);
        Optional<Double> stated = section.get(InputSection.STEP_TIME);
        Outcome fed = stated.isPresent()
                ? new Outcome(Map.of(StepMetrics.STEP_TIME, stated.get()), Map.of(), Optional.empty(), Optional.empty())
                : step.run();
        double seconds = fed.isFeasible() ? fed.value(StepMetrics.STEP_TIME).orElseThrow() : 1;
        InputPath path = design.path();
        InputDemand demand = design.demand(seconds);
        int warmUp = Math.toIntExact(section.get(InputSection.WARM_UP));
        int steps = Math.toIntExact(section.get(InputSection.STEPS));
        double loads = InputSimulation.loads(path, demand, warmUp + steps);
        if (loads > InputSimulation.MAX_LOADS) {
            throw new ScenarioException(Problem.at(
                    section.position(InputSection.STEPS),
                    Problem.Kind.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%.3g micro-batches would be loaded, more than %d",
                            loads,
                            InputSimulation.MAX_LOADS),
                    "lower input.steps, or raise job.batch.micro"));
        }
        double years = (warmUp + steps) * new InputBounds(path, demand, 0).serialSeconds() / SECONDS_PER_YEAR;
        if (!(years < MOST_YEARS)) {
            throw new ScenarioException(Problem.at(
                    section.position(InputSection.STEPS),
                    Problem.Kind.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "loading may take %.3g years, more than the %.0f that can be simulated",
                            years,
                            MOST_YEARS),
                    "lower input.steps or input.data.sample, or raise input.storage.bandwidth"));
        }
        return new InputWorkload(
                job, fed, path, demand, design.cache(), design.stepsPerEpoch(), warmUp, steps, new RandomStreams(0, 0));
    }

    /** The same design with other randomness. */
    InputWorkload with(RandomStreams other) {
        return new InputWorkload(job, fed, path, demand, cache, stepsPerEpoch, warmUp, steps, other);
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    /** Steps at one place of an epoch. */
    private record Part(double weight, double hitShare, InputWindow window) {}

    private InputWindow window(InputPath through, double hitShare) {
        return InputSimulation.run(through, demand, hitShare, warmUp, steps, streams);
    }

    /** An epoch in parts of steady hits. */
    private List<Part> parts(InputPath through) {
        if (cache.isSteady()) {
            return List.of(new Part(1, cache.hitShare(0), window(through, cache.hitShare(0))));
        }
        List<Part> parts = new ArrayList<>();
        double last = cache.lastHit();
        for (int i = 0; i < PLACES; i++) {
            double hits = cache.hitShare(last * (i + 0.5) / PLACES);
            parts.add(new Part(last / PLACES, hits, window(through, hits)));
        }
        if (last < 1) {
            parts.add(new Part(1 - last, 0, window(through, 0)));
        }
        return parts;
    }

    private static double stepSeconds(List<Part> parts) {
        return mean(parts, InputWindow::stepSeconds);
    }

    /** A mean over the steps of the epoch. */
    private static double mean(List<Part> parts, ToDoubleFunction<InputWindow> value) {
        return parts.stream()
                .mapToDouble(part -> part.weight() * value.applyAsDouble(part.window()))
                .sum();
    }

    @Override
    public Outcome run() {
        if (!fed.isFeasible()) {
            return fed;
        }
        List<Part> parts = parts(path);
        double seconds = stepSeconds(parts);
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(InputMetrics.STALL, mean(parts, window -> window.stallShare() * window.stepSeconds()) / seconds);
        metrics.put(StepMetrics.STEP_TIME, seconds);
        metrics.put(InputMetrics.FED_STEP, demand.stepSeconds());
        if (job.countsTokens()) {
            metrics.put(StepMetrics.THROUGHPUT, job.batch().tokens() / seconds);
        }
        metrics.put(StepMetrics.SEQUENCES_PER_SECOND, job.batch().global() / seconds);
        if (job.ofImages()) {
            metrics.put(StepMetrics.IMAGES_PER_SECOND, job.batch().global() / seconds);
        }
        metrics.put(InputMetrics.DATA_RATE, rate(parts, StepRecord::dataBytes, seconds));
        metrics.put(InputMetrics.READY, mean(parts, InputWindow::buffered));
        metrics.put(
                InputMetrics.HITS,
                parts.stream()
                        .mapToDouble(part -> part.weight() * part.hitShare())
                        .sum());
        stepsPerEpoch.ifPresent(count -> metrics.put(InputMetrics.EPOCH_TIME, count * seconds));
        addBounds(metrics);
        addCheckpoints(metrics, parts, seconds);
        metrics.put(StepMetrics.GPUS, (double) job.plan().gpus());
        String bound = ChoiceType.word(new InputBounds(path, demand, lowestHits(parts)).bound());
        return new Outcome(metrics, Map.of(BOUND, bound), Optional.empty(), Optional.empty())
                .extrapolating(fed.extrapolations());
    }

    /** The parts of the step, and what follows from it. */
    @Override
    public Optional<Derivation.Sum> terms(Metric metric) {
        if (!InputTerms.explain(metric)) {
            return Optional.empty();
        }
        double copySeconds = path.copy().pinned()
                ? 0
                : new InputBounds(path, demand, 0).stepSeconds().get(InputBounds.Bound.COPY);
        return Optional.of(new InputTerms(fed, stepSeconds(parts(path)), copySeconds).of(metric));
    }

    private static double lowestHits(List<Part> parts) {
        return parts.stream().mapToDouble(Part::hitShare).min().orElse(0);
    }

    private static double rate(List<Part> parts, ToDoubleFunction<StepRecord> bytes, double stepSeconds) {
        return mean(
                        parts,
                        window -> window.steps().stream()
                                .mapToDouble(bytes)
                                .average()
                                .orElse(0))
                / stepSeconds;
    }

    /** Closed forms at what the cache hits on average. */
    private void addBounds(Map<Metric, Double> metrics) {
        double hits = metrics.get(InputMetrics.HITS);
        InputBounds bounds = new InputBounds(path, demand, hits);
        metrics.put(InputMetrics.NEEDED_RATE, bounds.neededBytesPerSecond());
        if (bounds.neededBytesPerSecond() > 0) {
            metrics.put(
                    InputMetrics.FEEDS,
                    job.plan().gpus() * path.storage().bytesPerSecond() / bounds.neededBytesPerSecond());
        }
        metrics.put(
                InputMetrics.NEEDED_CORES,
                bounds.neededCores() * demand.loaders() / job.plan().gpus());
        metrics.put(InputMetrics.SERIAL_STEP, bounds.serialSeconds());
        metrics.put(InputMetrics.OVERLAPPED_STEP, bounds.overlappedSeconds());
    }

    private void addCheckpoints(Map<Metric, Double> metrics, List<Part> parts, double seconds) {
        if (path.checkpoints().isEmpty()) {
            return;
        }
        metrics.put(InputMetrics.CHECKPOINT_RATE, rate(parts, StepRecord::checkpointBytes, seconds));
        parts.stream()
                .flatMap(part -> part.window().checkpointSeconds().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .ifPresent(mean -> metrics.put(InputMetrics.CHECKPOINT_TIME, mean));
        metrics.put(InputMetrics.INFLATION, seconds / stepSeconds(parts(path.withoutCheckpoints())) - 1);
    }

    /** Ready micro-batches and traffic of the storage over time, in the first part of the epoch. */
    @Override
    public Details details() {
        if (!fed.isFeasible()) {
            return Details.NONE;
        }
        List<StepRecord> records = parts(path).get(0).window().steps();
        List<TimeSeries> series = new ArrayList<>();
        series.add(series(InputMetrics.READY, InputMetrics.READY, "", records, StepRecord::buffered));
        series.add(series(
                InputMetrics.DATA_RATE,
                InputMetrics.DATA_RATE,
                "data",
                records,
                step -> step.dataBytes() / step.seconds()));
        path.checkpoints()
                .ifPresent(any -> series.add(series(
                        InputMetrics.DATA_RATE,
                        InputMetrics.CHECKPOINT_RATE,
                        "checkpoints",
                        records,
                        step -> step.checkpointBytes() / step.seconds())));
        return Details.ofSeries(series);
    }

    private static TimeSeries series(
            Metric quantity,
            Metric measured,
            String name,
            List<StepRecord> records,
            ToDoubleFunction<StepRecord> value) {
        double origin = records.get(0).startSeconds();
        List<TimeSeries.At> points = new ArrayList<>();
        for (StepRecord step : records) {
            points.add(new TimeSeries.At(step.startSeconds() - origin, value.applyAsDouble(step)));
        }
        return new TimeSeries(quantity, name, TimeSeries.Shape.STEP, points, TimeSeries.Clock.TIME, measured);
    }
}
