package trainyard.scheduler.workload;

import java.util.Objects;

/**
 * A rate that grows steadily: {@code rate(t) x growth^(t / day)}.
 *
 * @param rate without growth
 * @param growthPerDay factor from one day to the next, above 0
 */
public record GrowingRate(ArrivalRate rate, double growthPerDay) implements ArrivalRate {

    private static final double DAY = 86_400;

    public GrowingRate {
        Objects.requireNonNull(rate, "rate");
        if (!(growthPerDay > 0)) {
            throw new IllegalArgumentException("growth is above 0, got " + growthPerDay);
        }
    }

    @Override
    public double perSecond(double seconds) {
        return rate.perSecond(seconds) * Math.pow(growthPerDay, seconds / DAY);
    }

    @Override
    public double most(double seconds) {
        return rate.most(seconds) * Math.max(1, Math.pow(growthPerDay, seconds / DAY));
    }
}
