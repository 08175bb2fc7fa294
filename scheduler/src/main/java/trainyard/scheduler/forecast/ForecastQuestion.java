package trainyard.scheduler.forecast;

import java.util.Objects;

/**
 * Which days are forecast from which.
 *
 * @param fitDays days from the start of the list that the forecast is made from, {@link Forecaster#LEAST_DAYS} or more
 * @param aheadDays days between these and the planned ones, 0 or more
 * @param planDays days that are planned, 1 or more
 * @param forecaster how
 * @param level probability that a day lies within its band
 * @param play what the planned days hold
 */
public record ForecastQuestion(
        int fitDays, int aheadDays, int planDays, Forecaster forecaster, double level, Play play) {

    /** What the planned days hold. */
    public enum Play {
        /** Jobs that want as much as is expected. */
        FORECAST,
        /** Jobs that want as much as the upper end of the band, every day. */
        UPPER,
        /** The jobs of the list. */
        ACTUAL
    }

    public ForecastQuestion {
        Objects.requireNonNull(forecaster, "forecaster");
        Objects.requireNonNull(play, "play");
        if (fitDays < Forecaster.LEAST_DAYS || aheadDays < 0 || planDays < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(fitDays + " days, " + planDays + " days planned " + aheadDays
                    + " days after them, and a level of " + level + " are no plan");
        }
    }

    /** The first planned day, counted from the start of the list. */
    public int firstDay() {
        return fitDays + aheadDays;
    }

    /** The day after the last planned one. */
    public int endDay() {
        return firstDay() + planDays;
    }
}
