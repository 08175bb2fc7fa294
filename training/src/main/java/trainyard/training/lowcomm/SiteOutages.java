package trainyard.training.lowcomm;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * What outages of whole sites leave of the work. Each site is up for a while and away for a while, whatever the laws, on its own; in
 * the long run it is up for a share {@code a = up / (up + away)} of the time, and k of n are up at once for a share
 * {@code C(n, k) a^k (1 - a)^(n - k)} (renewal theory). Steps of a site since its last exchange are lost with it, half a period in
 * the mean.
 *
 * @param upSeconds mean time that a site is up, positive
 * @param awaySeconds mean time until it is back with the present parameters, 0 or more
 */
public record SiteOutages(double upSeconds, double awaySeconds) {

    public SiteOutages {
        if (!(upSeconds > 0) || !(awaySeconds >= 0)) {
            throw new IllegalArgumentException("a site is up for a positive time and away for 0 or more");
        }
    }

    /** Share of the time that one site is up. */
    public double availability() {
        return upSeconds / (upSeconds + awaySeconds);
    }

    /** Share of the time that k of n sites are up. */
    public double share(int up, int sites) {
        double a = availability();
        return CombinatoricsUtils.binomialCoefficientDouble(sites, up) * Math.pow(a, up) * Math.pow(1 - a, sites - up);
    }

    /**
     * Steps of all sites per second that last, over those without outages, where the others go on without a site that is away.
     *
     * @param sites n
     * @param period steps between two exchanges
     * @param stepSeconds mean time of a step of so many sites, from 1 to n
     */
    public double goodputOfOthersGoingOn(int sites, int period, IntToDoubleFunction stepSeconds) {
        double done = 0;
        for (int up = 1; up <= sites; up++) {
            done += share(up, sites) * up / stepSeconds.applyAsDouble(up);
        }
        double lost = sites * outagesPerSecond() * period / 2.0;
        return kept(done - lost, sites, stepSeconds);
    }

    /** The same where all wait until all are up, and all go back to the last exchange. */
    public double goodputOfAllWaiting(int sites, int period, IntToDoubleFunction stepSeconds) {
        double done = share(sites, sites) * sites / stepSeconds.applyAsDouble(sites);
        double stops = share(sites, sites) * sites / upSeconds;
        return kept(done - stops * sites * period / 2.0, sites, stepSeconds);
    }

    private double outagesPerSecond() {
        return 1 / (upSeconds + awaySeconds);
    }

    private static double kept(double stepsPerSecond, int sites, IntToDoubleFunction stepSeconds) {
        return Math.max(0, stepsPerSecond * stepSeconds.applyAsDouble(sites) / sites);
    }
}
