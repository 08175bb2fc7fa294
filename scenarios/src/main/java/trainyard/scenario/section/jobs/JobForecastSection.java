package trainyard.scenario.section.jobs;

import java.util.List;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.forecast.ForecastQuestion;
import trainyard.scheduler.forecast.Forecaster;
import trainyard.scheduler.forecast.PlannedDemand;
import trainyard.scheduler.forecast.SeasonalNaive;
import trainyard.scheduler.forecast.TrendAndSeason;
import trainyard.scheduler.forecast.UnfitHistoryException;
import trainyard.scheduler.job.ClusterJob;

/** {@code jobs.forecast}: days to come, as the jobs of the past let expect them. */
public final class JobForecastSection {

    /** How to go on from the past. */
    enum Method {
        TREND_AND_SEASON,
        SEASONAL_NAIVE
    }

    private static final int MOST_DAYS = 36_500;

    public static final Field<Long> FIT = Field.of(
                    "fit",
                    IntegerType.of("days", Forecaster.LEAST_DAYS, MOST_DAYS),
                    "Days from the start of the jobs that the forecast is made from.")
            .asRequired();
    public static final Field<Long> AHEAD = Field.of(
                    "ahead", IntegerType.of("days", 0, MOST_DAYS), "Days between these and the planned ones.")
            .orElse("0 days");
    public static final Field<Long> PLAN = Field.of(
                    "plan",
                    IntegerType.of("days", 1, MOST_DAYS),
                    "Days that are planned: the cluster runs their jobs, and the first of them begins at its time 0.")
            .asRequired();
    public static final Field<Method> METHOD = Field.of(
                    "method",
                    ChoiceType.of("method", Method.class),
                    "`trend-and-season`: steady growth with a shape of the week, by least squares on the logarithm of the demand of each"
                            + " day. `seasonal-naive`: each day as the same day of the last fitted week.")
            .orElse("trend-and-season");
    public static final Field<Double> LEVEL = Field.of(
                    "level",
                    new NumberType(0.01, 0.999),
                    "Probability that a day lies within the band of the forecast.")
            .orElse("0.8");
    public static final Field<ForecastQuestion.Play> PLAY = Field.of(
                    "play",
                    ChoiceType.of("play", ForecastQuestion.Play.class),
                    "`forecast`: jobs that want as much as is expected, drawn from the last 28 fitted days; each replication draws"
                            + " its own. `upper`: as much as the upper end of the band, on every day. `actual`: the jobs themselves, as a test"
                            + " of the plan.")
            .orElse("forecast");

    public static final Section SECTION = Section.of(
            "jobs.forecast",
            "Runs days that follow those of the jobs above, as a forecast of their demand has them. All replications look back on the"
                    + " jobs of the first. Jobs in it wait for no other. Left out: the jobs themselves are run.",
            FIT,
            AHEAD,
            PLAN,
            METHOD,
            LEVEL,
            PLAY);

    private JobForecastSection() {}

    /** Whether the planned days are drawn. */
    static boolean isDrawn(Values values) {
        return values.get(PLAY) != ForecastQuestion.Play.ACTUAL;
    }

    /**
     * Looks at the jobs of the past.
     *
     * @throws ScenarioException if the forecast cannot be made of them
     */
    public static PlannedDemand bind(Values values, List<ClusterJob> jobs) {
        try {
            return new PlannedDemand(question(values), jobs);
        } catch (UnfitHistoryException unfit) {
            throw new ScenarioException(Problem.at(
                    values.position(FIT),
                    Problem.Kind.PLAN,
                    unfit.getMessage() + ", which " + values.get(FIT) + " days cannot be fitted to",
                    "fewer days, other jobs, or method: seasonal-naive"));
        }
    }

    private static ForecastQuestion question(Values values) {
        return new ForecastQuestion(
                Math.toIntExact(values.get(FIT)),
                Math.toIntExact(values.get(AHEAD)),
                Math.toIntExact(values.get(PLAN)),
                values.get(METHOD) == Method.SEASONAL_NAIVE ? new SeasonalNaive() : new TrendAndSeason(),
                values.get(LEVEL),
                values.get(PLAY));
    }
}
