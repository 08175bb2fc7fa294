package trainyard.scheduler.forecast;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Steady growth with a shape of the week: the logarithm of the demand of a day {@code t} is {@code a + b t + sum over k = 1..3
 * of c_k cos(2 pi k t / 7) + s_k sin(2 pi k t / 7)}, by least squares. The six terms give each day of the week a level of its
 * own. With {@code s^2} the variance of the residuals, a new day with the row {@code x} has the standard error {@code s sqrt(1 +
 * x (X'X)^-1 x')} and Student's distribution; its mean is {@code exp(fit + error^2 / 2)} (Hyndman and Athanasopoulos,
 * Forecasting: Principles and Practice, 3rd edition 2021, sections 5.6, 7.4 and 7.9). Residuals count as independent, and the
 * growth as lasting: a band says nothing of a change in either. A year's season needs more than a year of history and is left out.
 */
public record TrendAndSeason() implements Forecaster {

    private static final int WEEK = 7;
    private static final int HARMONICS = 3;

    @Override
    public DemandForecast forecast(DailyDemand history, int days, double level) {
        Fit fit = new Fit(history);
        double t = new TDistribution(null, fit.freedom()).inverseCumulativeProbability((1 + level) / 2);
        List<DemandForecast.Day> ahead = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            double middle = fit.log(history.days() + day);
            double error = fit.error(history.days() + day);
            double mean = Math.exp(middle + error * error / 2);
            // The mean of a lognormal law leaves its band where the error is huge.
            double high = Math.max(mean, Math.exp(middle + t * error));
            ahead.add(new DemandForecast.Day(mean, Math.exp(middle - t * error), high));
        }
        return new DemandForecast(ahead);
    }

    @Override
    public double growthPerDay(DailyDemand history) {
        return Math.exp(new Fit(history).slope());
    }

    /** What the days before the first one ahead look like through the fit. */
    private static final class Fit {

        private final int count;
        private final RealVector weights;
        private final RealMatrix inverse;
        private final double variance;

        Fit(DailyDemand history) {
            count = history.days();
            double[] logs = new double[count];
            double[][] rows = new double[count][];
            for (int day = 0; day < count; day++) {
                if (!(history.gpus().get(day) > 0)) {
                    throw new UnfitHistoryException(
                            "no GPU is wanted on day " + day + ", and a day without demand has no logarithm");
                }
                logs[day] = Math.log(history.gpus().get(day));
                rows[day] = row(day).getSubVector(1, 1 + 2 * HARMONICS).toArray();
            }
            OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
            regression.newSampleData(logs, rows);
            weights = new ArrayRealVector(regression.estimateRegressionParameters());
            inverse = new Array2DRowRealMatrix(regression.estimateRegressionParametersVariance());
            variance = regression.estimateErrorVariance();
        }

        /** 1, the day over the length of the history, and the shape of the week. */
        private RealVector row(int day) {
            double[] row = new double[2 + 2 * HARMONICS];
            row[0] = 1;
            row[1] = (double) day / count;
            for (int k = 1; k <= HARMONICS; k++) {
                row[2 * k] = Math.cos(2 * Math.PI * k * day / WEEK);
                row[2 * k + 1] = Math.sin(2 * Math.PI * k * day / WEEK);
            }
            return new ArrayRealVector(row);
        }

        int freedom() {
            return count - weights.getDimension();
        }

        double slope() {
            return weights.getEntry(1) / count;
        }

        double log(int day) {
            return weights.dotProduct(row(day));
        }

        double error(int day) {
            RealVector row = row(day);
            return Math.sqrt(variance * (1 + row.dotProduct(inverse.operate(row))));
        }
    }
}
