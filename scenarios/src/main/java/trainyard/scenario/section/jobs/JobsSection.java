package trainyard.scenario.section.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.trace.JobTraceSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.speed.PoolSpeeds;

/** {@code jobs}: what a cluster is asked to do. */
public final class JobsSection {

    /** What is done about a job that the cluster can never hold. */
    public enum TooLarge {
        REFUSE,
        DROP
    }

    public static final Field<Values> TRACE = Field.of(
            "trace",
            JobTraceSection.SECTION,
            "A recorded list; at least one of `trace`, `arrivals`, `list` and `sweeps` is needed.");
    public static final Field<Values> ARRIVALS =
            Field.of("arrivals", JobArrivalsSection.SECTION, "Jobs that come at random.");
    public static final Field<List<Values>> LIST =
            Field.of("list", new ListType<>(JobEntrySection.SECTION, "jobs"), "The jobs themselves.");
    public static final Field<Map<String, Setting<Values>>> SWEEPS = Field.of(
            "sweeps",
            new MapType<>(JobSweepSection.SECTION, "a sweep of hyper-parameters by name"),
            "Sweeps of hyper-parameters by name; their jobs are the class of that name.");
    public static final Field<TooLarge> TOO_LARGE = Field.of(
                    "too-large",
                    ChoiceType.of("treatment", TooLarge.class),
                    "What is done about a job that wants more than the empty cluster, or the quota of its team, can give it: `refuse` ends the run, `drop`"
                            + " leaves it out; `jobs.dropped` counts them.")
            .orElse("refuse");

    public static final Field<Values> CHECKPOINT = Field.of(
            "checkpoint",
            JobCheckpointSection.SECTION,
            "What starting, saving and stopping a job costs. Left out: nothing.");
    public static final Field<Values> FAILURES =
            Field.of("failures", JobFailuresSection.SECTION, "Nodes that break under jobs. Left out: none.");
    public static final Field<Values> AUTOSCALER = Field.of(
            "autoscaler", JobAutoscalerSection.SECTION, "Nodes that come and go with the demand. Left out: none.");
    public static final Field<Values> LOCALITY = Field.of(
            "locality",
            JobLocalitySection.SECTION,
            "How fast a job is where it is placed. Left out: as fast everywhere.");

    public static final Field<Values> FORECAST = Field.of(
            "forecast",
            JobForecastSection.SECTION,
            "Days to come in place of the jobs themselves, as a forecast from these has them. Left out: the jobs themselves.");

    public static final Field<Map<String, Setting<Long>>> POOLS = Field.of(
            "pools",
            new MapType<>(IntegerType.of("nodes", 1, 1_000_000), "nodes by the name of a pool"),
            "Parts of the cluster, whose nodes add up to `cluster.nodes`: a job runs within one of them, and one with a `gpu-type` in"
                    + " the pool of that name alone. Left out: one pool for all, whatever their `gpu-type`.");

    public static final Field<Map<String, Setting<Values>>> POOL_SPEEDS = Field.of(
                    "pool-speeds",
                    new MapType<>(PoolSpeedSection.SECTION, "how fast jobs are, by the name of a pool"),
                    "Pools whose GPUs are slower than those on which run times hold, for all jobs or for some. Left out: all pools"
                            + " are as fast.")
            .only(Use.beside(POOLS));

    public static final Field<Values> SPOT =
            Field.of("spot", JobSpotSection.SECTION, "Nodes that their lender takes back and returns. Left out: none.");
    public static final Field<Values> MAINTENANCE = Field.of(
            "maintenance",
            JobMaintenanceSection.SECTION,
            "Nodes that are drained and serviced in turn. Left out: none.");
    public static final Field<Double> SERIAL_SHARE = Field.of(
                    "serial-share",
                    NumberType.FRACTION,
                    "Share s of a job's work on one GPU that others do not make shorter: g GPUs are 1 / (s + (1 - s) / g) times as fast"
                            + " as one (Amdahl, AFIPS 1967). Counts where a job has more or fewer GPUs than it wants; with"
                            + " `locality.model` the price of its step says that.")
            .orElse("0")
            .only(SizeFields.CHOSEN);
    public static final Field<List<Double>> SHARING_SLOWDOWN = Field.of(
                    "sharing-slowdown",
                    new ListType<>(new NumberType(1, 100), "factors"),
                    "Factors by which a job that has a part of a GPU takes longer while one other job has another part, while two have, and so on; the"
                            + " last one counts for more, too. Left out: sharing costs nothing. With `scheduler.space-sharing` one factor, below 2: by it"
                            + " each of two jobs takes longer that have the same GPUs.")
            .only(new Use(
                    "jobs that take parts of GPUs, or `scheduler.space-sharing`",
                    List.of(),
                    (own, all) -> sharesGpus(own)
                            || all.find(SchedulerSection.SCHEDULER)
                                    .filter(SchedulerSection::pairsJobs)
                                    .isPresent()));
    public static final Field<Map<String, Setting<Values>>> TRAINING = Field.of(
                    "training",
                    new MapType<>(
                            JobTrainingSection.SECTION,
                            "how jobs train, by class, or by the id of a job of `jobs.list`"),
                    "How the jobs of a class train, or one job of `jobs.list` by its id: it says how fast they are on the GPUs and nodes"
                            + " that they have. Left out: only their run times are known.")
            .only(Use.without(LOCALITY, "no `locality`").and(Use.without(FORECAST, "no `forecast`")));
    public static final Section SECTION = Section.of(
            "jobs",
            "Jobs that a cluster is asked to run: recorded, drawn or written here, or several of these. `cluster` says on which machines,"
                    + " `scheduler` who runs when and where.",
            TRACE,
            ARRIVALS,
            LIST,
            SWEEPS,
            FORECAST,
            TOO_LARGE,
            POOLS,
            POOL_SPEEDS,
            CHECKPOINT,
            FAILURES,
            SPOT,
            MAINTENANCE,
            AUTOSCALER,
            LOCALITY,
            TRAINING,
            SERIAL_SHARE,
            SHARING_SLOWDOWN);

    private JobsSection() {}

    /** The names of the sweeps. */
    public static List<String> sweepNames(Values values) {
        return List.copyOf(values.find(SWEEPS).orElse(Map.of()).keySet());
    }

    /**
     * The nodes of each pool; empty where there is one for all.
     *
     * @throws ScenarioException if they do not add up to those of the cluster
     */
    public static Map<String, Integer> pools(Values values, int nodes) {
        Map<String, Integer> pools = new LinkedHashMap<>();
        values.find(POOLS).orElse(Map.of()).forEach((name, count) -> pools.put(name, Math.toIntExact(count.value())));
        int sum = pools.values().stream().mapToInt(Integer::intValue).sum();
        if (!pools.isEmpty() && sum != nodes) {
            throw new ScenarioException(Problem.at(
                    values.position(POOLS),
                    Problem.Kind.PLAN,
                    "the pools have " + sum + " nodes, the cluster has " + nodes,
                    "make them add up"));
        }
        return pools;
    }

    /**
     * How fast jobs are in each pool.
     *
     * @throws ScenarioException if there is no pool or class of a name
     */
    public static PoolSpeeds poolSpeeds(Values values) {
        return PoolSpeedSection.bind(values);
    }

    /** Whether anything differs from one replication to the next. */
    public static boolean isDrawn(Values values) {
        boolean jobs = values.find(FORECAST)
                .map(JobForecastSection::isDrawn)
                .orElse(values.isWritten(ARRIVALS) || values.isWritten(SWEEPS));
        return jobs || values.isWritten(FAILURES) || values.isWritten(SPOT);
    }

    /** The classes of jobs that the scenario names; the id of a job begins with its class and a slash. */
    public static List<String> classes(Values values) {
        return Stream.concat(otherClasses(values), sweepNames(values).stream())
                .distinct()
                .toList();
    }

    /** Where the classes are written first. */
    public static Map<String, Position> classPositions(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>();
        values.find(ARRIVALS).map(JobArrivalsSection::classPositions).ifPresent(positions::putAll);
        values.find(LIST)
                .orElse(List.of())
                .forEach(entry -> classOf(entry.get(JobEntrySection.ID))
                        .ifPresent(name -> positions.putIfAbsent(name, entry.position(JobEntrySection.ID))));
        values.find(SWEEPS)
                .orElse(Map.of())
                .forEach((name, sweep) ->
                        sweep.keyPosition().ifPresent(position -> positions.putIfAbsent(name, position)));
        return positions;
    }

    /** The class of a job by its id. */
    private static Optional<String> classOf(String id) {
        return id.indexOf('/') > 0 ? Optional.of(id.substring(0, id.indexOf('/'))) : Optional.empty();
    }

    /** Those that are drawn one by one or listed. */
    static Stream<String> otherClasses(Values values) {
        Stream<String> drawn = values.find(ARRIVALS).stream().flatMap(JobArrivalsSection::classes);
        Stream<String> listed = values.find(LIST).stream()
                .flatMap(List::stream)
                .flatMap(entry -> classOf(entry.get(JobEntrySection.ID)).stream());
        return Stream.concat(drawn, listed);
    }

    /** The teams that the scenario names, in the order in which it does. */
    public static List<String> teams(Values values) {
        Stream<String> ofTrace = values.find(TRACE).flatMap(trace -> trace.find(JobTraceSection.TEAMS)).stream()
                .flatMap(List::stream);
        Stream<String> listed = values.find(LIST).stream()
                .flatMap(List::stream)
                .flatMap(entry -> entry.find(JobEntrySection.TEAM).stream());
        Stream<String> drawn = values.find(ARRIVALS).stream().flatMap(JobArrivalsSection::teams);
        Stream<String> tuned = values.find(SWEEPS).orElse(Map.of()).values().stream()
                .flatMap(sweep -> sweep.value().find(JobSweepSection.TEAM).stream());
        return Stream.of(ofTrace, drawn, listed, tuned)
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** Where the teams that the scenario names are written first. */
    public static Map<String, Position> allTeamPositions(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>();
        values.find(TRACE)
                .ifPresent(trace -> trace.find(JobTraceSection.TEAMS)
                        .orElse(List.of())
                        .forEach(team -> positions.put(team, trace.position(JobTraceSection.TEAMS))));
        teamPositions(values).forEach(positions::putIfAbsent);
        return positions;
    }

    /** Where the teams of jobs that are drawn, listed or tuned are written first. */
    public static Map<String, Position> teamPositions(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>();
        values.find(ARRIVALS).map(JobArrivalsSection::teamPositions).ifPresent(positions::putAll);
        values.find(LIST)
                .orElse(List.of())
                .forEach(entry -> entry.find(JobEntrySection.TEAM)
                        .ifPresent(team -> positions.putIfAbsent(team, entry.position(JobEntrySection.TEAM))));
        values.find(SWEEPS)
                .orElse(Map.of())
                .values()
                .forEach(sweep -> sweep.value()
                        .find(JobSweepSection.TEAM)
                        .ifPresent(team ->
                                positions.putIfAbsent(team, sweep.value().position(JobSweepSection.TEAM))));
        return positions;
    }

    /** Where the scenario says how many GPUs a job of its own list wants, by the job, and where classes are. */
    public static Map<String, Position> written(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>(classPositions(values));
        // From the end, so that of two jobs of one id the first counts.
        List<Values> entries = values.find(LIST).orElse(List.of());
        for (int i = entries.size() - 1; i >= 0; i--) {
            positions.put(entries.get(i).get(JobEntrySection.ID), entries.get(i).position(JobEntrySection.GPUS));
        }
        return positions;
    }

    /** Whether jobs may take parts of GPUs. */
    public static boolean sharesGpus(Values values) {
        return values.find(TRACE).filter(JobTraceSection::sharesGpus).isPresent()
                || values.find(ARRIVALS).filter(JobArrivalsSection::sharesGpus).isPresent()
                || values.find(LIST).stream()
                        .flatMap(List::stream)
                        .anyMatch(entry -> GpuAmounts.isPart(entry.get(JobEntrySection.GPUS)));
    }

    /** Whether a job waits for others. */
    public static boolean hasFollowers(Values values) {
        return values.find(LIST).stream().flatMap(List::stream).anyMatch(job -> job.isWritten(JobEntrySection.AFTER))
                || values.find(ARRIVALS)
                        .filter(JobArrivalsSection::hasFollowers)
                        .isPresent();
    }
}
