package trainyard.scheduler.workload;

import java.util.List;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;

/**
 * A rate for each hour of the week, which grows day by day. Time 0 is where the list that it was fitted to begins.
 *
 * @param perSecondByHour of the 168 hours from time 0 on
 * @param growthPerDay factor from one day to the next, above 0; 1 for none
 */
public record WeeklyProfile(List<Double> perSecondByHour, double growthPerDay) implements ArrivalRate {

    private static final int HOURS = 168;
    private static final double HOUR = 3_600;
    private static final double DAY = 24 * HOUR;

    public WeeklyProfile {
        perSecondByHour = List.copyOf(perSecondByHour);
        if (perSecondByHour.size() != HOURS || !(growthPerDay > 0)) {
            throw new IllegalArgumentException("a week has 168 rates and growth is above 0, got "
                    + perSecondByHour.size() + " and " + growthPerDay);
        }
    }

    /**
     * Submissions of a list by hour of the week, divided by how often the list covers the hour. The list's own growth is not
     * looked for.
     *
     * @param jobs at least two, submitted at different times
     * @param growthPerDay with which it is to go on
     */
    public static WeeklyProfile fit(List<ClusterJob> jobs, double growthPerDay) {
        long first = jobs.stream().mapToLong(ClusterJob::submitNanos).min().orElseThrow();
        long last = jobs.stream().mapToLong(ClusterJob::submitNanos).max().orElseThrow();
        if (first == last) {
            throw new IllegalArgumentException("jobs that all come at one moment have no rate");
        }
        double[] counts = new double[HOURS];
        for (ClusterJob job : jobs) {
            counts[(int) (SimTime.seconds(job.submitNanos() - first) / HOUR) % HOURS]++;
        }
        double span = SimTime.seconds(last - first);
        double[] covered = new double[HOURS];
        for (double start = 0; start < span; start += HOUR) {
            covered[(int) Math.round(start / HOUR) % HOURS] += Math.min(HOUR, span - start);
        }
        Double[] rates = new Double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            rates[hour] = covered[hour] == 0 ? jobs.size() / span : counts[hour] / covered[hour];
        }
        return new WeeklyProfile(List.of(rates), growthPerDay);
    }

    @Override
    public double perSecond(double seconds) {
        return perSecondByHour.get((int) (seconds / HOUR) % HOURS) * Math.pow(growthPerDay, seconds / DAY);
    }

    @Override
    public double most(double seconds) {
        double most =
                perSecondByHour.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return most * Math.max(1, Math.pow(growthPerDay, seconds / DAY));
    }
}
