package trainyard.scenario.section.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.OneOrMoreType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.workload.ArrivalClass;
import trainyard.scheduler.workload.ArrivalRate;
import trainyard.scheduler.workload.DailyRate;
import trainyard.scheduler.workload.GrowingRate;
import trainyard.scheduler.workload.Weighted;
import trainyard.sim.units.Dimension;

/** A class of {@code jobs.arrivals.classes}: jobs of one kind. */
public final class JobClassSection {

    private static final int MONTH_DAYS = 30;

    public static final Field<Double> EVERY = Field.of(
                    "every",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time between two submissions, which come as a Poisson process.")
            .asRequired();
    public static final Field<List<Long>> GPUS = Field.of(
                    "gpus",
                    new OneOrMoreType<>(new ListType<>(GpuAmounts.TYPE, "numbers of GPUs")),
                    "GPUs that a job wants; with a part of one it shares that GPU with others. Of a list, each as often as `weights`"
                            + " says.")
            .asRequired();
    public static final Field<List<Double>> WEIGHTS = Field.of(
            "weights",
            new ListType<>(new NumberType(0, 1e9), "weights"),
            "How often each of the numbers of GPUs is wanted. Left out: all equally often.");
    public static final Field<Double> RUN = RunTimeFields.mean("Mean run time, without any wait.");
    public static final Field<Double> LIMIT_FACTOR = Field.of(
                    "limit-factor",
                    new NumberType(0.001, 1000),
                    "Run time that owners state, over the true one. Policies that plan know no other.")
            .orElse("1");
    public static final Field<Map<String, Setting<Double>>> TEAMS = Field.of(
            "teams",
            new MapType<>(new NumberType(0, 1e9), "a weight by team"),
            "Whose the jobs are, such as `{vision: 2, speech: 1}`. Left out: nobody's.");
    public static final Field<Boolean> PREEMPTIBLE = Field.of(
                    "preemptible",
                    new FlagType(),
                    "Whether a job may be stopped to make place for others, or to be moved or resized; `false` holds under every"
                            + " policy, but not for jobs outside the cells of teams.")
            .orElse("true");
    public static final Field<String> GPU_TYPE =
            Field.of("gpu-type", TextType.ANY, "Type of GPU that a job needs. Left out: any.");
    public static final Field<Double> SWING = Field.of(
                    "swing",
                    NumberType.FRACTION,
                    "How much the rate rises at its peak, and falls twelve hours later, over its mean.")
            .orElse("0");
    public static final Field<Double> PEAK = Field.of(
                    "peak", QuantityType.of(Dimension.DURATION), "Time of the day at which most jobs come.")
            .orElse("14 h")
            .only(Use.beside(SWING));

    public static final Field<Double> WEEKEND = Field.of(
                    "weekend",
                    new NumberType(0, 100),
                    "Rate on the sixth and seventh day of each week over that of the first five.")
            .orElse("1");

    public static final Field<Long> TEAM_COUNT = Field.of(
                    "team-count",
                    IntegerType.of("teams", 1, 100_000),
                    "In place of `teams`: so many, called `team-1` and so on, whose jobs come equally often. No metric of each is"
                            + " known.")
            .only(Use.without(TEAMS, "no `teams`"));
    public static final Field<Values> THEN = Field.of(
            "then",
            JobFollowSection.SECTION,
            "Jobs that follow each one, such as evaluations of what was tuned. Left out: none.");
    public static final Field<Double> GROWTH = Field.of(
                    "growth",
                    new NumberType(0.01, 100),
                    "Factor by which the rate grows in 30 days, steadily; 1 at time 0.")
            .orElse("1");

    public static final Field<Values> STAGES = JobStagesSection.field();

    public static final Section SECTION = Section.of(
            "jobs.arrivals.classes",
            "Jobs of one kind. They are called by the class and a number, such as `training/17`.",
            EVERY,
            GPUS,
            WEIGHTS,
            SizeFields.SIZE,
            SizeFields.LEAST,
            SizeFields.MOST,
            RUN,
            RunTimeFields.FORM,
            RunTimeFields.SPREAD,
            LIMIT_FACTOR,
            TEAMS,
            TEAM_COUNT,
            PriorityFields.PRIORITY,
            PREEMPTIBLE,
            GPU_TYPE,
            HostFields.CPUS,
            HostFields.MEMORY,
            STAGES,
            SWING,
            PEAK,
            WEEKEND,
            THEN,
            GROWTH);

    private JobClassSection() {}

    static ArrivalClass bind(String name, Values values) {
        JobTraits traits = JobTraits.NONE
                .withPriority(PriorityFields.bind(values))
                .withPreemptible(values.get(PREEMPTIBLE))
                .withGpuType(values.find(GPU_TYPE).orElse(""))
                .withHost(values.get(HostFields.CPUS), values.get(HostFields.MEMORY))
                .withStages(JobStagesSection.bind(values.find(STAGES)))
                .withSize(GpuAmounts.size(values, values.get(GPUS), GPUS, PREEMPTIBLE));
        return new ArrivalClass(
                name,
                rate(values),
                sizes(values),
                RunTimeFields.bind(values, RUN),
                values.get(LIMIT_FACTOR),
                teams(values),
                traits,
                values.find(THEN).map(then -> JobFollowSection.bind(name, then, traits)));
    }

    private static ArrivalRate rate(Values values) {
        ArrivalRate daily =
                new DailyRate(1 / values.get(EVERY), values.get(SWING), values.get(PEAK), values.get(WEEKEND));
        double growth = values.get(GROWTH);
        return growth == 1 ? daily : new GrowingRate(daily, Math.pow(growth, 1.0 / MONTH_DAYS));
    }

    private static Weighted<Integer> sizes(Values values) {
        List<Long> sizes = values.get(GPUS);
        List<Double> weights =
                values.find(WEIGHTS).orElse(sizes.stream().map(size -> 1.0).toList());
        if (weights.size() != sizes.size() || weights.stream().allMatch(weight -> weight == 0)) {
            throw new ScenarioException(Problem.at(
                    values.position(WEIGHTS),
                    Problem.Kind.VALUE,
                    sizes.size() + " numbers of GPUs need as many weights, not all of them 0",
                    "write one weight for each"));
        }
        Map<Integer, Double> weighted = new LinkedHashMap<>();
        for (int i = 0; i < sizes.size(); i++) {
            weighted.merge(Math.toIntExact(sizes.get(i)), weights.get(i), Double::sum);
        }
        return new Weighted<>(weighted);
    }

    private static Weighted<String> teams(Values values) {
        Map<String, Double> weights = new LinkedHashMap<>();
        values.find(TEAM_COUNT)
                .ifPresent(count ->
                        LongStream.rangeClosed(1, count).forEach(number -> weights.put("team-" + number, 1.0)));
        if (!values.isWritten(TEAMS)) {
            return weights.isEmpty() ? Weighted.only("") : new Weighted<>(weights);
        }
        values.find(TEAMS).orElse(Map.of()).forEach((team, weight) -> weights.put(team, weight.value()));
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            throw new ScenarioException(Problem.at(
                    values.position(TEAMS), Problem.Kind.VALUE, "no team has a weight above 0", "write one that has"));
        }
        return new Weighted<>(weights);
    }
}
