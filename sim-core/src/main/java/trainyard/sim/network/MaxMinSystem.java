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
 * <p><b>Vocabulary.</b> A variable is <i>active</i> while its flows transfer; the others take no capacity. An
 * <i>element</i> is the crossing of a variable and a link. A <i>component</i> is a set of active variables connected
 * through shared links; components do not influence each other.
 *
 * <p><b>Method.</b> Changes only mark what they touch; {@link #solve()} then visits each component with a mark, once. A
 * variable that shares no link gets the least capacity on its way. It stays linked while it rests, so that traffic which
 * stops and starts on a way of its own costs the same few steps however long the way is. Any other component is solved by progressive filling:
 * the fair share of a link is what its fixed variables leave, divided by the weight of the others; take the link with
 * the least share, fix all its variables at it, repeat. Fixing at the least share never lowers another link's share, so
 * the queue of shares may lag behind: a link whose share has grown is found out when its turn comes, and put back. With
 * {@code E} elements and {@code K} links in the component the cost is {@code O(E + K log K)} plus {@code O(log K)} for
 * each link put back.
 *
 * <p><b>Rounding.</b> With weights of 1, rates do not depend on the order in which variables were added or activated:
 * the terms subtracted from a link are the shares in ascending order, and equal shares commute.
 */
public final class MaxMinSystem {

    private static final int NONE = -1;

    private final double[] capacity;
    private final int maxLinks;

    /** Elements of a variable start at {@code variable << shift}. */
    private final int shift;

    // Variables. Element h of variable v is (v << shift) + h.
    private int[] linkCount = new int[16];
    private double[] weight = new double[16];
    private double[] rate = new double[16];
    private boolean[] active = new boolean[16];

    /** Whether the elements are in the lists of their links; they stay there when the variable rests. */
    private boolean[] linked = new boolean[16];

    /** Whether no other variable is linked to any of its links, and the rate that it then has. */
    private boolean[] alone = new boolean[16];

    private double[] aloneRate = new double[16];
    private boolean[] pending = new boolean[16];
    private int[] variableVisit = new int[16];
    private int variables;
    private int[] freeVariables = new int[16];
    private int freeCount;

    // Elements: those of linked variables form a doubly linked list for each link.
    private int[] elementLink;
    private int[] elementNext;
    private int[] elementPrevious;

    // Links.
    private final int[] firstElement;
    private final boolean[] dirty;
    private final int[] linkVisit;
    private final double[] remaining;
    private final double[] openWeight;
    private final int[] openElements;

    // What changed since the last solve, and what the last solve changed.
    private final IntStack pendingVariables = new IntStack();
    private final IntStack dirtyLinks = new IntStack();
    private final IntStack changed = new IntStack();

    // Scratch of one component.
    private final IntStack componentVariables = new IntStack();
    private final IntStack componentLinks = new IntStack();
    private final IntStack candidates = new IntStack();
    private final IntStack resting = new IntStack();
    private final ShareQueue shares = new ShareQueue();
    private int visit;
    private long componentsSolved;

    /**
     * @param capacities capacity of each link in bytes/s, not negative
     * @param maxLinks most links that one variable crosses
     */
    public MaxMinSystem(double[] capacities, int maxLinks) {
        capacity = capacities.clone();
        this.maxLinks = maxLinks;
        shift = 32 - Integer.numberOfLeadingZeros(maxLinks - 1);
        elementLink = new int[16 << shift];
        elementNext = new int[16 << shift];
        elementPrevious = new int[16 << shift];
        firstElement = new int[capacity.length];
        Arrays.fill(firstElement, NONE);
        dirty = new boolean[capacity.length];
        linkVisit = new int[capacity.length];
        remaining = new double[capacity.length];
        openWeight = new double[capacity.length];
        openElements = new int[capacity.length];
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
        int variable = freeCount > 0 ? freeVariables[--freeCount] : newVariable();
        linkCount[variable] = count;
        weight[variable] = flows;
        rate[variable] = 0;
        System.arraycopy(links, 0, elementLink, variable << shift, count);
        return variable;
    }

    private int newVariable() {
        if (variables == linkCount.length) {
            int size = 2 * variables;
            linkCount = Arrays.copyOf(linkCount, size);
            weight = Arrays.copyOf(weight, size);
            rate = Arrays.copyOf(rate, size);
            active = Arrays.copyOf(active, size);
            linked = Arrays.copyOf(linked, size);
            alone = Arrays.copyOf(alone, size);
            aloneRate = Arrays.copyOf(aloneRate, size);
            pending = Arrays.copyOf(pending, size);
            variableVisit = Arrays.copyOf(variableVisit, size);
            elementLink = Arrays.copyOf(elementLink, size << shift);
            elementNext = Arrays.copyOf(elementNext, size << shift);
            elementPrevious = Arrays.copyOf(elementPrevious, size << shift);
        }
        return variables++;
    }

    /** Removes a variable, which is deactivated first if need be. Its number may be given to another. */
    public void remove(int variable) {
        deactivate(variable);
        unlink(variable);
        if (freeCount == freeVariables.length) {
            freeVariables = Arrays.copyOf(freeVariables, 2 * freeCount);
        }
        freeVariables[freeCount++] = variable;
    }

    /** Lets a variable take part from the next {@link #solve()} on. */
    public void activate(int variable) {
        if (active[variable]) {
            return;
        }
        active[variable] = true;
        if (!linked[variable]) {
            link(variable);
        }
        if (!pending[variable]) {
            pending[variable] = true;
            pendingVariables.push(variable);
        }
    }

    private void link(int variable) {
        linked[variable] = true;
        alone[variable] = false;
        int first = variable << shift;
        for (int element = first; element < first + linkCount[variable]; element++) {
            int head = firstElement[elementLink[element]];
            elementNext[element] = head;
            elementPrevious[element] = NONE;
            if (head != NONE) {
                elementPrevious[head] = element;
                alone[head >> shift] = false;
            }
            firstElement[elementLink[element]] = element;
        }
    }

    /** Sets a variable's rate to 0 and leaves its capacity to the others from the next {@link #solve()} on. */
    public void deactivate(int variable) {
        if (!active[variable]) {
            return;
        }
        active[variable] = false;
        rate[variable] = 0;
        if (!alone[variable]) {
            int first = variable << shift;
            for (int element = first; element < first + linkCount[variable]; element++) {
                int link = elementLink[element];
                if (firstElement[link] != element || elementNext[element] != NONE) {
                    mark(link);
                }
            }
        }
    }

    private void unlink(int variable) {
        if (!linked[variable]) {
            return;
        }
        linked[variable] = false;
        alone[variable] = false;
        int first = variable << shift;
        for (int element = first; element < first + linkCount[variable]; element++) {
            int next = elementNext[element];
            int previous = elementPrevious[element];
            if (previous == NONE) {
                firstElement[elementLink[element]] = next;
            } else {
                elementNext[previous] = next;
            }
            if (next != NONE) {
                elementPrevious[next] = previous;
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
            for (int element = firstElement[link]; element != NONE; element = elementNext[element]) {
                alone[element >> shift] = false;
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
        visit++;
        for (int i = 0; i < pendingVariables.size(); i++) {
            int variable = pendingVariables.get(i);
            pending[variable] = false;
            if (active[variable]) {
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
        return changed.size();
    }

    /** Number of a variable that the last {@link #solve()} changed. */
    public int changed(int index) {
        return changed.get(index);
    }

    /** The first active variable on a link; -1 if there is none. */
    private int firstActive(int link) {
        int element = firstElement[link];
        while (element != NONE && !active[element >> shift]) {
            element = elementNext[element];
        }
        return element == NONE ? NONE : element >> shift;
    }

    private void solveAround(int variable) {
        if (alone[variable]) {
            setRate(variable, aloneRate[variable]);
        } else if (Math.abs(variableVisit[variable]) != visit) {
            variableVisit[variable] = visit;
            componentsSolved++;
            if (isAlone(variable)) {
                setRate(variable, aloneRate[variable]);
            } else {
                collectComponent(variable);
                fill();
            }
        }
    }

    /** Whether a variable shares no link; if so, notes the least capacity on its way. */
    private boolean isAlone(int variable) {
        double least = Double.POSITIVE_INFINITY;
        int first = variable << shift;
        for (int element = first; element < first + linkCount[variable]; element++) {
            int link = elementLink[element];
            if (firstElement[link] != element || elementNext[element] != NONE) {
                return false;
            }
            least = Math.min(least, capacity[link]);
        }
        alone[variable] = true;
        aloneRate[variable] = least / weight[variable];
        return true;
    }

    private void collectComponent(int seed) {
        componentVariables.clear();
        componentLinks.clear();
        componentVariables.push(seed);
        for (int i = 0; i < componentVariables.size(); i++) {
            int first = componentVariables.get(i) << shift;
            int end = first + linkCount[componentVariables.get(i)];
            for (int element = first; element < end; element++) {
                if (linkVisit[elementLink[element]] != visit) {
                    openLink(elementLink[element]);
                }
            }
        }
    }

    /** Takes a link and the active variables on it into the component; those that rest are unlinked. */
    private void openLink(int link) {
        linkVisit[link] = visit;
        componentLinks.push(link);
        double flows = 0;
        int elements = 0;
        for (int element = firstElement[link]; element != NONE; element = elementNext[element]) {
            int variable = element >> shift;
            if (!active[variable]) {
                resting.push(variable);
                continue;
            }
            flows += weight[variable];
            elements++;
            if (variableVisit[variable] != visit) {
                variableVisit[variable] = visit;
                componentVariables.push(variable);
            }
        }
        while (resting.size() > 0) {
            unlink(resting.pop());
        }
        remaining[link] = capacity[link];
        openWeight[link] = flows;
        openElements[link] = elements;
    }

    private void fill() {
        candidates.clear();
        for (int i = 0; i < componentLinks.size(); i++) {
            int link = componentLinks.get(i);
            if (openElements[link] > 1 || !isRedundant(link)) {
                candidates.push(link);
            }
        }
        shares.start(candidates, remaining, openWeight);
        int open = componentVariables.size();
        while (open > 0) {
            int link = shares.poll();
            if (openElements[link] > 0) {
                double share = Math.max(0, remaining[link]) / openWeight[link];
                if (share > shares.polledShare()) {
                    shares.putBack(link, share);
                } else {
                    open -= fixAll(link, share);
                }
            }
        }
    }

    /** Whether the only variable on a link crosses a narrower one, which then bounds it first. */
    private boolean isRedundant(int link) {
        int first = firstElement[link] >> shift << shift;
        int end = first + linkCount[first >> shift];
        for (int element = first; element < end; element++) {
            int other = elementLink[element];
            if (capacity[other] < capacity[link] || (capacity[other] == capacity[link] && other < link)) {
                return true;
            }
        }
        return false;
    }

    /** Fixes the open variables on a link; those already fixed in this visit carry the negated mark. */
    private int fixAll(int link, double share) {
        int fixed = 0;
        for (int element = firstElement[link]; element != NONE; element = elementNext[element]) {
            int variable = element >> shift;
            if (variableVisit[variable] == visit) {
                variableVisit[variable] = -visit;
                take(variable, share);
                setRate(variable, share);
                fixed++;
            }
        }
        return fixed;
    }

    private void take(int variable, double share) {
        double flows = weight[variable];
        int first = variable << shift;
        for (int element = first; element < first + linkCount[variable]; element++) {
            int link = elementLink[element];
            remaining[link] -= share * flows;
            openWeight[link] -= flows;
            openElements[link]--;
        }
    }

    private void setRate(int variable, double newRate) {
        if (rate[variable] != newRate) {
            rate[variable] = newRate;
            changed.push(variable);
        }
    }

    /** Rate of one flow of a variable in bytes/s, as of the last {@link #solve()}; 0 while inactive. */
    public double rate(int variable) {
        return rate[variable];
    }

    /** Number of links that a variable crosses. */
    int links(int variable) {
        return linkCount[variable];
    }

    /** A link that a variable crosses. */
    int link(int variable, int index) {
        return elementLink[(variable << shift) + index];
    }

    public boolean isActive(int variable) {
        return active[variable];
    }

    /** Bytes per second that all active variables together send over a link. */
    public double load(int link) {
        double load = 0;
        for (int element = firstElement[link]; element != NONE; element = elementNext[element]) {
            load += rate[element >> shift] * weight[element >> shift];
        }
        return load;
    }

    public double capacity(int link) {
        return capacity[link];
    }

    /** Components that {@link #solve()} has worked out since the beginning, a measure of its work. */
    public long componentsSolved() {
        return componentsSolved;
    }
}
