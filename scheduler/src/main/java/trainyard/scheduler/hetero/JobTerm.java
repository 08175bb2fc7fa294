package trainyard.scheduler.hetero;

import java.util.List;

/** What a job adds to the barrier of a program of shares, by its rate {@code u} and the objective {@code t}. */
interface JobTerm {

    /** Its slack; not above 0 where the point is outside. */
    double slack(int job, double u, double t);

    /** First and second derivatives of {@code -log slack}: by u, t, uu, ut, tt. */
    void derivatives(int job, double u, double t, double[] out);

    /** A value of the objective for which rates are inside. */
    double start(double[] u);

    /** What it knows of a job alone: the same of two jobs that it treats alike. */
    List<Double> traits(int job);

    /** 1 where the objective is to fall, -1 where it is to rise, 0 where there is none. */
    int direction();
}
