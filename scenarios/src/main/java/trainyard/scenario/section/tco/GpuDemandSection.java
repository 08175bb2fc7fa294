package trainyard.scenario.section.tco;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import trainyard.faults.trace.TraceException;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.trace.JobFile;
import trainyard.scenario.section.jobs.trace.JobTraceSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.tco.DemandCurve;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.workload.DailyRate;
import trainyard.sim.units.Dimension;

/** {@code tco.demand}: the GPUs that are needed hour by hour. */
public final class GpuDemandSection {

    private static final double MAX_GPUS = 1_000_000;
    private static final double SECONDS_PER_YEAR = 365 * 86_400.0;

    public static final Field<Values> TRACE = Field.of(
            "trace",
            JobTraceSection.SECTION,
            "A recorded list of jobs. The GPUs that they hold if each runs as soon as it is submitted, week after week; when the list"
                    + " ends it begins again.");
    public static final Field<Double> SCALE = Field.of(
                    "scale", new NumberType(0.0001, 10_000), "Factor on the GPUs of the trace.")
            .orElse("1")
            .only(Use.beside(TRACE));
    public static final Field<Double> MEAN = Field.of(
            "mean",
            new NumberType(0, MAX_GPUS, "GPUs"),
            "GPUs needed in the mean of the first week, where there is no trace.");
    public static final Field<Double> SWING = Field.of(
                    "swing",
                    NumberType.FRACTION,
                    "How far the demand rises over its mean at its daily peak, and falls twelve hours later.")
            .orElse("0")
            .only(Use.beside(MEAN));
    public static final Field<Double> PEAK = Field.of(
                    "peak", QuantityType.of(Dimension.DURATION), "Time of the day of the peak.")
            .orElse("14 h")
            .only(Use.beside(SWING));
    public static final Field<Double> WEEKEND = Field.of(
                    "weekend",
                    new NumberType(0, 100),
                    "Demand on the sixth and seventh day of each week over that of the first five.")
            .orElse("1")
            .only(Use.beside(MEAN));
    public static final Field<Double> GROWTH = Field.of(
                    "growth",
                    new QuantityType(Dimension.GROWTH, -0.99 / SECONDS_PER_YEAR),
                    "Growth of the demand over that of a year before, compounded; it grows hour by hour.")
            .orElse("0% per year");

    public static final Section SECTION = Section.of(
            "tco.demand",
            "GPUs that are needed hour by hour: by a recorded list of jobs or by a law.",
            TRACE,
            SCALE,
            MEAN,
            SWING,
            PEAK,
            WEEKEND,
            GROWTH);

    private GpuDemandSection() {}

    /**
     * The demand of so many hours.
     *
     * @param files reads a list of jobs
     * @throws ScenarioException if there is neither a trace nor a mean, or both, or the trace cannot be read
     */
    static DemandCurve bind(Values values, int hours, Function<JobFile, JobList> files) {
        Optional<Values> trace = values.find(TRACE);
        Optional<Double> mean = values.find(MEAN);
        if (trace.isPresent() == mean.isPresent()) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.KEY,
                    trace.isPresent()
                            ? "the demand has both a trace and a mean"
                            : "the demand has neither a trace nor a mean",
                    "write one of: trace, mean"));
        }
        DemandCurve weeks = trace.map(written -> recorded(values, written, files))
                .orElseGet(() -> DemandCurve.week(
                        mean.orElseThrow(),
                        new DailyRate(1, values.get(SWING), values.get(PEAK), values.get(WEEKEND))));
        return weeks.repeated(hours, values.get(GROWTH) * SECONDS_PER_YEAR);
    }

    private static DemandCurve recorded(Values values, Values trace, Function<JobFile, JobList> files) {
        JobFile file = JobTraceSection.file(trace);
        try {
            List<ClusterJob> jobs =
                    JobTraceSection.window(trace).of(files.apply(file).jobs());
            if (jobs.isEmpty()) {
                throw new ScenarioException(
                        Problem.at(trace.position(), Problem.Kind.PLAN, "no job is left", "keep some jobs"));
            }
            return DemandCurve.weeksOf(jobs).times(values.get(SCALE));
        } catch (TraceException damaged) {
            throw JobTraceSection.unreadable(trace, damaged);
        }
    }
}
