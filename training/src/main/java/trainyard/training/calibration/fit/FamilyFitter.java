package trainyard.training.calibration.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.JobFamilyFit;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.sim.random.RandomStreams;

/**
 * Fits what one iteration of the networks of one kind costs, term by term. Jobs that are held out are left out of the
 * fit and its error is told on them. The intervals are of 300 fits to samples of the fitted jobs with replacement (percentile
 * bootstrap; Efron 1979).
 */
public final class FamilyFitter {

    private static final int RESAMPLES = 300;
    private static final double LOW = 2.5;
    private static final double HIGH = 97.5;
    private static final long SEED = 1;

    private FamilyFitter() {}

    /**
     * @param family kind of network
     * @param jobs at least two of them not held out
     */
    public static JobFamilyFit fit(String family, Precision precision, List<TimedJob> jobs) {
        List<TimedJob> fitted = jobs.stream().filter(job -> !job.heldOut()).toList();
        List<TimedJob> heldOut = jobs.stream().filter(TimedJob::heldOut).toList();
        if (fitted.size() < 2) {
            throw new IllegalArgumentException("too few jobs of " + family + " to fit: " + fitted.size());
        }
        List<JobTerm> terms = terms(fitted);
        Map<JobTerm, Double> seconds = coefficients(fitted, terms);
        JobFamilyFit bare = new JobFamilyFit(family, precision, seconds, valid(fitted, terms), Optional.empty());
        List<TimedJob> judged = heldOut.isEmpty() ? fitted : heldOut;
        double[] errors = judged.stream()
                .mapToDouble(job -> Errors.percent(bare.seconds(job.counts()), job.seconds()))
                .toArray();
        FitQuality quality = Errors.quality(fitted.size(), heldOut.size(), errors, intervals(family, fitted, terms));
        return new JobFamilyFit(family, precision, seconds, bare.valid(), Optional.of(quality));
    }

    /** Seconds per unit of each term that the jobs have. */
    static Map<JobTerm, Double> coefficients(List<TimedJob> jobs) {
        return coefficients(jobs, terms(jobs));
    }

    /** Smallest and largest amount of each of these terms. */
    static Map<JobTerm, FitQuality.Interval> valid(List<TimedJob> jobs) {
        return valid(jobs, terms(jobs));
    }

    /** The terms that the jobs have; of two that grow alike in all of them the later one says nothing new. */
    private static List<JobTerm> terms(List<TimedJob> jobs) {
        List<JobTerm> terms = new ArrayList<>();
        for (JobTerm term : JobTerm.values()) {
            boolean occurs = jobs.stream().anyMatch(job -> job.counts().of(term) > 0);
            if (occurs && terms.stream().noneMatch(earlier -> proportional(jobs, earlier, term))) {
                terms.add(term);
            }
        }
        return terms;
    }

    private static boolean proportional(List<TimedJob> jobs, JobTerm one, JobTerm other) {
        double[] ratios = jobs.stream()
                .filter(job -> job.counts().of(one) > 0)
                .mapToDouble(job -> job.counts().of(other) / job.counts().of(one))
                .toArray();
        double least = Arrays.stream(ratios).min().orElse(0);
        double most = Arrays.stream(ratios).max().orElse(0);
        boolean never = jobs.stream()
                .anyMatch(job -> job.counts().of(one) == 0 && job.counts().of(other) > 0);
        return !never && most - least <= 1e-9 * most;
    }

    private static Map<JobTerm, Double> coefficients(List<TimedJob> jobs, List<JobTerm> terms) {
        double[][] x = new double[jobs.size()][terms.size()];
        double[] y = new double[jobs.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = jobs.get(i).seconds();
            for (int j = 0; j < terms.size(); j++) {
                x[i][j] = jobs.get(i).counts().of(terms.get(j));
            }
        }
        double[] fit = RelativeFit.of(x, y);
        Map<JobTerm, Double> seconds = new EnumMap<>(JobTerm.class);
        for (int j = 0; j < fit.length; j++) {
            seconds.put(terms.get(j), fit[j]);
        }
        return seconds;
    }

    private static Map<JobTerm, FitQuality.Interval> valid(List<TimedJob> jobs, List<JobTerm> terms) {
        Map<JobTerm, FitQuality.Interval> valid = new EnumMap<>(JobTerm.class);
        for (JobTerm term : terms) {
            double[] amounts =
                    jobs.stream().mapToDouble(job -> job.counts().of(term)).toArray();
            valid.put(
                    term,
                    new FitQuality.Interval(
                            Arrays.stream(amounts).min().orElseThrow(),
                            Arrays.stream(amounts).max().orElseThrow()));
        }
        return valid;
    }

    private static Map<String, FitQuality.Interval> intervals(String family, List<TimedJob> jobs, List<JobTerm> terms) {
        UniformRandomProvider random = new RandomStreams(SEED, 0).stream("bootstrap " + family, 0);
        double[][] values = new double[terms.size()][RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<TimedJob> resample = new ArrayList<>();
            while (resample.size() < jobs.size()) {
                resample.add(jobs.get(random.nextInt(jobs.size())));
            }
            Map<JobTerm, Double> seconds = coefficients(resample, terms);
            for (int j = 0; j < values.length; j++) {
                values[j][i] = seconds.get(terms.get(j));
            }
        }
        Map<String, FitQuality.Interval> intervals = new LinkedHashMap<>();
        for (int j = 0; j < values.length; j++) {
            intervals.put(
                    terms.get(j).key(),
                    new FitQuality.Interval(Errors.percentile(values[j], LOW), Errors.percentile(values[j], HIGH)));
        }
        return intervals;
    }
}
