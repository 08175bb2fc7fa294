package trainyard.sim.network;

import java.util.Arrays;

/**
 * Max-min fair rates of flows that share links, kept up to date as flows come and go.
 *
 * <p><b>Problem.</b> Links {@code l} have capacity {@code C(l) >= 0}. Variable {@code v} stands for {@code w(v)} equal
 * flows over the links {@code L(v)}, each at the rate {@code r(v)}. A vector of rates is feasible when for every link
 *
 * <pre>  sum over v with l in L(v) of  w(v) r(v)  &lt;=  C(l).</pre>
 *
 * It is max-min fair when no rate can grow without making another one, that is not larger, smaller (D. Bertsekas, R.
 * Gallager, Data Networks, 2nd ed., 1992, section 6.5.2). It is then unique, and every active variable has a bottleneck:
 * a full link on which no other variable has a larger rate.
 *
 * <p><b>Vocabulary.</b> A variable is <i>active</i> while its flows transfer; the others rest and take no capacity. An
 * <i>element</i> is the crossing of a variable and a link. A <i>component</i> is a set of active variables connected
 * through shared links; components do not influence each other. A variable is <i>fixed</i> once its new rate is known,
 * <i>open</i> before.
 *
 * <p><b>Method.</b> Changes only mark what they touch; {@link #solve()} then works out the components with a mark, once.
 * A variable that shares no link gets the least capacity on its way, in the same few steps however long the way is when it
 * comes back unchanged. The others are collected ({@link Component}) and solved by progressive filling
 * ({@link ProgressiveFilling}) with a queue of buckets ({@link ShareQueue}). With {@code E} elements and {@code K} links
 * the cost is {@code O(E + K)} when shares spread over the buckets, and {@code O(E + K log K)} when they all share one.
 *
 * <p><b>Rounding.</b> With weights of 1, rates do not depend on the order in which variables were added or activated:
 * the terms subtracted from a link are the shares in ascending order, and equal shares commute.
 */
public final class MaxMinSystem {

    private static final int NONE = -1;

    private final double[] capacity;
    private final int maxLinks;
    private final ElementTable elements;

    /** Whether no other variable is linked to any link of this one, and the rate that it then has. */
    private boolean[] alone = new boolean[16];

    private double[] aloneRate = new double[16];

    // What changed since the last solve, and what the last solve changed.
    private boolean[] pending = new boolean[16];
    private final IntStack pendingVariables = new IntStack();
    private final boolean[] dirty;
    private final IntStack dirtyLinks = new IntStack();
    private final IntStack changed = new IntStack();

    private final Component component;
    private final ProgressiveFilling filling;
    private long variablesSolved;

    /**
     * @param capacities capacity of each link in bytes/s, not negative
     * @param maxLinks most links that one variable crosses
     */
    public MaxMinSystem(double[] capacities, int maxLinks) {
        capacity = capacities.clone();
        this.maxLinks = maxLinks;
        elements = new ElementTable(capacity.length, maxLinks);
        dirty = new boolean[capacity.length];
        var shares = new FairShares(capacity.length);
        component = new Component(elements, capacity, shares);
        filling = new ProgressiveFilling(elements, component, shares, changed, capacity.length);
    }

    /**
     * Adds a variable, not yet active.
     *
     * @param links links that it crosses
     * @param count how many of {@code links} to read, at least 1
     * @param flows number of flows that it stands for, positive
     * @return its number, which may be that of a removed one
     */
    public int add(int[] links, int count, double flows) {
        if (count < 1 || count > maxLinks) {
            throw new IllegalArgumentException("a variable crosses 1 to " + maxLinks + " links, got " + count);
        }
        if (!(flows > 0)) {
            throw new IllegalArgumentException("a variable stands for a positive number of flows, got " + flows);
        }
        int variable = elements.add(links, count, flows);
        if (variable >= pending.length) {
            pending = Arrays.copyOf(pending, elements.capacity());
            alone = Arrays.copyOf(alone, elements.capacity());
            aloneRate = Arrays.copyOf(aloneRate, elements.capacity());
        }
        return variable;
    }

    /** Removes a variable, which is deactivated first if need be. Its number may be given to another. */
    public void remove(int variable) {
        deactivate(variable);
        elements.remove(variable);
    }

    /** Lets a variable take part from the next {@link #solve()} on. */
    public void activate(int variable) {
        if (elements.active[variable]) {
            return;
        }
        elements.active[variable] = true;
        if (elements.link(variable)) {
            alone[variable] = false;
            joinOthers(variable);
        }
        if (!pending[variable]) {
            pending[variable] = true;
            pendingVariables.push(variable);
        }
    }

    /** Those who had a link to themselves that a variable has just been linked to are alone no longer. */
    private void joinOthers(int variable) {
        for (int element = elements.firstOf(variable); element < elements.endOf(variable); element++) {
            int other = elements.after(element);
            if (other != NONE) {
                alone[elements.variableOf(other)] = false;
            }
        }
    }

    /** Sets a variable's rate to 0 and leaves its capacity to the others from the next {@link #solve()} on. */
    public void deactivate(int variable) {
        if (!elements.active[variable]) {
            return;
        }
        elements.active[variable] = false;
        elements.rate[variable] = 0;
        if (!alone[variable]) {
            for (int element = elements.firstOf(variable); element < elements.endOf(variable); element++) {
                if (elements.linkedOn(elements.linkOf(element)) > 1) {
                    mark(elements.linkOf(element));
                }
            }
        }
    }

    private void mark(int link) {
        if (!dirty[link]) {
            dirty[link] = true;
            dirtyLinks.push(link);
        }
    }

    /** Changes the capacity of a link in bytes/s from the next {@link #solve()} on. */
    public void setCapacity(int link, double bytesPerSecond) {
        if (!(bytesPerSecond >= 0)) {
            throw new IllegalArgumentException("capacity must not be negative, got " + bytesPerSecond);
        }
        if (capacity[link] != bytesPerSecond) {
            capacity[link] = bytesPerSecond;
            mark(link);
            for (int element = elements.firstOn(link); element != NONE; element = elements.after(element)) {
                alone[elements.variableOf(element)] = false;
            }
        }
    }

    /** Whether anything was changed since the last {@link #solve()}. */
    public boolean isDirty() {
        return pendingVariables.size() > 0 || dirtyLinks.size() > 0;
    }

    /**
     * Brings all rates up to date.
     *
     * @return number of variables whose rate is now another one, see {@link #changed(int)}
     */
    public int solve() {
        changed.clear();
        component.clear();
        for (int i = 0; i < pendingVariables.size(); i++) {
            int variable = pendingVariables.get(i);
            pending[variable] = false;
            if (elements.active[variable]) {
                solveAround(variable);
            }
        }
        for (int i = 0; i < dirtyLinks.size(); i++) {
            int link = dirtyLinks.get(i);
            dirty[link] = false;
            int variable = firstActive(link);
            if (variable != NONE) {
                solveAround(variable);
            }
        }
        pendingVariables.clear();
        dirtyLinks.clear();
        if (component.variables() > 0) {
            component.complete();
            filling.fill();
            variablesSolved += component.variables();
        }
        return changed.size();
    }

    /** Number of a variable that the last {@link #solve()} changed. */
    public int changed(int index) {
        return changed.get(index);
    }

    /** The first active variable on a link; -1 if there is none. */
    private int firstActive(int link) {
        int element = elements.firstOn(link);
        while (element != NONE && !elements.active[elements.variableOf(element)]) {
            element = elements.after(element);
        }
        return element == NONE ? NONE : elements.variableOf(element);
    }

    /** A variable that shares no link gets its rate, any other one joins the component. */
    private void solveAround(int variable) {
        if (alone[variable] || isAlone(variable)) {
            if (elements.rate[variable] != aloneRate[variable]) {
                elements.rate[variable] = aloneRate[variable];
                changed.push(variable);
            }
        } else {
            component.add(variable);
        }
    }

    /** Whether a variable shares no link; if so, notes the least capacity on its way. */
    private boolean isAlone(int variable) {
        double least = Double.POSITIVE_INFINITY;
        for (int element = elements.firstOf(variable); element < elements.endOf(variable); element++) {
            int link = elements.linkOf(element);
            if (elements.linkedOn(link) > 1) {
                return false;
            }
            least = Math.min(least, capacity[link]);
        }
        alone[variable] = true;
        aloneRate[variable] = least / elements.weight[variable];
        variablesSolved++;
        return true;
    }

    /** Rate of one flow of a variable in bytes/s, as of the last {@link #solve()}; 0 while inactive. */
    public double rate(int variable) {
        return elements.rate[variable];
    }

    /** Number of links that a variable crosses. */
    int links(int variable) {
        return elements.links(variable);
    }

    /** A link that a variable crosses. */
    int link(int variable, int index) {
        return elements.link(variable, index);
    }

    public boolean isActive(int variable) {
        return elements.active[variable];
    }

    /** Bytes per second that all active variables together send over a link. */
    public double load(int link) {
        double load = 0;
        for (int element = elements.firstOn(link); element != NONE; element = elements.after(element)) {
            int variable = elements.variableOf(element);
            load += elements.rate[variable] * elements.weight[variable];
        }
        return load;
    }

    /** What the flows of a link share, in the unit of their rates; not negative. */
    public double capacity(int link) {
        return capacity[link];
    }

    /**
     * Variables whose rate {@link #solve()} has worked out since the beginning, a measure of its work. One that shares no
     * link and comes back unchanged does not count.
     */
    public long variablesSolved() {
        return variablesSolved;
    }
}
