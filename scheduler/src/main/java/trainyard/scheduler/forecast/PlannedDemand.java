package trainyard.scheduler.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.scheduler.forecast.ForecastQuestion.Play;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.workload.JobGenerator;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * What a list of jobs says of days to come. Jobs of these days are drawn from the last four weeks of the fitted days, as often
 * as makes up for the forecast demand: a day's jobs a second are its GPUs over the mean GPU time of a job. Within the day they
 * come as in the fitted days.
 */
public final class PlannedDemand {

    private static final int RECENT_DAYS = 28;

    private final ForecastQuestion question;
    private final List<ClusterJob> jobs;
    private final DailyDemand wanted;
    private final DemandForecast forecast;
    private final DemandForecast naive;

    /**
     * @param jobs the list, which goes on for at least the fitted days
     * @throws UnfitHistoryException if it does not, or nothing can be made of them
     */
    public PlannedDemand(ForecastQuestion question, List<ClusterJob> jobs) {
        this.question = question;
        this.jobs = List.copyOf(jobs);
        wanted = DailyDemand.of(jobs);
        if (wanted.days() < question.fitDays()) {
            throw new UnfitHistoryException("the jobs go on for " + wanted.days() + " days");
        }
        DailyDemand history = wanted.between(0, question.fitDays());
        int days = question.endDay() - question.fitDays();
        forecast = question.forecaster().forecast(history, days, question.level());
        naive = new SeasonalNaive().forecast(history, days, question.level());
    }

    public ForecastQuestion question() {
        return question;
    }

    /** All days of the list. */
    public DailyDemand wanted() {
        return wanted;
    }

    /** The days after the fitted ones, to the end of the planned ones. */
    public DemandForecast forecast() {
        return forecast;
    }

    /** The planned days. */
    public DemandForecast planned() {
        return ofPlan(forecast);
    }

    private DemandForecast ofPlan(DemandForecast all) {
        return all.between(question.aheadDays(), all.days().size());
    }

    private DailyDemand came() {
        return wanted.between(question.firstDay(), question.endDay());
    }

    /** Mean absolute percentage error over the planned days that the list has; empty if it has none. */
    public OptionalDouble error() {
        return planned().error(came());
    }

    /** The same of {@link SeasonalNaive}. */
    public OptionalDouble naiveError() {
        return ofPlan(naive).error(came());
    }

    /** Share of these days whose demand lies within the band. */
    public OptionalDouble coverage() {
        return planned().coverage(came());
    }

    /** Factor by which the demand of the fitted days grows each day; 1 where the forecaster knows no growth. */
    public double growthPerDay() {
        return question.forecaster().growthPerDay(wanted.between(0, question.fitDays()));
    }

    /**
     * Jobs of the planned days, which begin at time 0. None waits for another.
     *
     * @param streams other streams, other jobs
     */
    public List<ClusterJob> jobs(RandomStreams streams) {
        return question.play() == Play.ACTUAL ? actual() : drawn(streams);
    }

    private List<ClusterJob> actual() {
        long start = SimTime.nanos(question.firstDay() * DailyDemand.DAY);
        return between(question.firstDay(), question.endDay()).stream()
                .map(job -> job.again(job.id(), job.submitNanos() - start))
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .toList();
    }

    private List<ClusterJob> drawn(RandomStreams streams) {
        List<ClusterJob> recent = between(Math.max(0, question.fitDays() - RECENT_DAYS), question.fitDays());
        double gpuSeconds = recent.stream()
                .mapToDouble(job -> job.gpuAmount() * SimTime.seconds(job.runNanos()))
                .average()
                .orElseThrow(() -> new UnfitHistoryException("no job comes in the last four weeks of the fitted days"));
        boolean upper = question.play() == Play.UPPER;
        List<Double> rates = planned().days().stream()
                .map(day -> (upper ? day.high() : day.expected()) / gpuSeconds)
                .toList();
        RandomStreams own = new RandomStreams(streams.stream("forecast").nextLong(), streams.replication());
        return new JobGenerator(new ForecastRate(rates, shape()), new JobsLikeBefore(recent), own)
                .jobs(question.planDays() * DailyDemand.DAY);
    }

    /** Submissions of each hour of the day in the fitted days, over their mean. */
    private List<Double> shape() {
        double[] counts = new double[ForecastRate.HOURS];
        List<ClusterJob> fitted = between(0, question.fitDays());
        fitted.forEach(job -> counts[ForecastRate.hour(SimTime.seconds(job.submitNanos()))]++);
        return Arrays.stream(counts)
                .mapToObj(count -> count * ForecastRate.HOURS / fitted.size())
                .toList();
    }

    private List<ClusterJob> between(int fromDay, int toDay) {
        long from = SimTime.nanos(fromDay * DailyDemand.DAY);
        long to = SimTime.nanos(toDay * DailyDemand.DAY);
        return jobs.stream()
                .filter(job -> job.submitNanos() >= from && job.submitNanos() < to)
                .toList();
    }

    /** Most GPUs that the upper end of the band asks for on a planned day. */
    public double most() {
        return planned().days().stream()
                .mapToDouble(DemandForecast.Day::high)
                .max()
                .orElseThrow();
    }

    /** GPUs expected over the planned days in the mean. */
    public double mean() {
        return planned().days().stream()
                .mapToDouble(DemandForecast.Day::expected)
                .average()
                .orElseThrow();
    }
}
