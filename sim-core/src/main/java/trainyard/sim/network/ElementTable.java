package trainyard.sim.network;

import java.util.Arrays;

/**
 * The variables of a {@link MaxMinSystem} and their elements, one array per field; numbers of removed variables are given
 * again.
 *
 * <p>Element {@code h} of variable {@code v}, its crossing of its {@code h}-th link, has the number {@code (v << shift) +
 * h}: the links of a variable lie side by side. The elements of <i>linked</i> variables also form a doubly linked list
 * for each link. A variable is linked when it becomes active and stays so while it rests, until a component is collected
 * that it would be in: traffic which stops and starts on a way of its own is then not linked anew each time.
 */
final class ElementTable {

    private static final int NONE = -1;

    // Variables.
    double[] weight = new double[16];
    double[] rate = new double[16];
    boolean[] active = new boolean[16];
    private int[] linkCount = new int[16];
    private boolean[] linked = new boolean[16];
    private int size;
    private final IntStack free = new IntStack();

    // Elements.
    private final int shift;
    private int[] link;
    private int[] next;
    private int[] previous;

    // Links.
    private final int[] firstElement;
    private final int[] linkedElements;

    ElementTable(int links, int maxLinksOfVariable) {
        shift = Integer.SIZE - Integer.numberOfLeadingZeros(maxLinksOfVariable - 1);
        link = new int[16 << shift];
        next = new int[16 << shift];
        previous = new int[16 << shift];
        firstElement = new int[links];
        Arrays.fill(firstElement, NONE);
        linkedElements = new int[links];
    }

    /** Adds a variable that rests, unlinked, and returns its number. */
    int add(int[] links, int count, double flows) {
        int variable = free.size() > 0 ? free.pop() : grow();
        linkCount[variable] = count;
        weight[variable] = flows;
        rate[variable] = 0;
        System.arraycopy(links, 0, link, variable << shift, count);
        return variable;
    }

    private int grow() {
        if (size == linkCount.length) {
            int length = 2 * size;
            weight = Arrays.copyOf(weight, length);
            rate = Arrays.copyOf(rate, length);
            active = Arrays.copyOf(active, length);
            linkCount = Arrays.copyOf(linkCount, length);
            linked = Arrays.copyOf(linked, length);
            link = Arrays.copyOf(link, length << shift);
            next = Arrays.copyOf(next, length << shift);
            previous = Arrays.copyOf(previous, length << shift);
        }
        return size++;
    }

    /** Removes a variable that rests. */
    void remove(int variable) {
        unlink(variable);
        free.push(variable);
    }

    /** Numbers of variables are below this. */
    int capacity() {
        return weight.length;
    }

    /** Number of links that a variable crosses. */
    int links(int variable) {
        return linkCount[variable];
    }

    /** A link that a variable crosses. */
    int link(int variable, int index) {
        return link[(variable << shift) + index];
    }

    /** First element of a variable; the others follow it. */
    int firstOf(int variable) {
        return variable << shift;
    }

    /** One past the last element of a variable. */
    int endOf(int variable) {
        return (variable << shift) + linkCount[variable];
    }

    int linkOf(int element) {
        return link[element];
    }

    int variableOf(int element) {
        return element >> shift;
    }

    /** First element in the list of a link; -1 if it is empty. */
    int firstOn(int ofLink) {
        return firstElement[ofLink];
    }

    /** The element behind another one in the list of its link; -1 behind the last. */
    int after(int element) {
        return next[element];
    }

    /** Length of the list of a link. */
    int linkedOn(int ofLink) {
        return linkedElements[ofLink];
    }

    /** Enters the elements of a variable in the lists of their links. Returns whether they were not there already. */
    boolean link(int variable) {
        if (linked[variable]) {
            return false;
        }
        linked[variable] = true;
        for (int element = firstOf(variable); element < endOf(variable); element++) {
            int head = firstElement[link[element]];
            next[element] = head;
            previous[element] = NONE;
            if (head != NONE) {
                previous[head] = element;
            }
            firstElement[link[element]] = element;
            linkedElements[link[element]]++;
        }
        return true;
    }

    /** Takes the elements of a variable out of the lists of their links, if they are there. */
    void unlink(int variable) {
        if (!linked[variable]) {
            return;
        }
        linked[variable] = false;
        for (int element = firstOf(variable); element < endOf(variable); element++) {
            if (previous[element] == NONE) {
                firstElement[link[element]] = next[element];
            } else {
                next[previous[element]] = next[element];
            }
            if (next[element] != NONE) {
                previous[next[element]] = previous[element];
            }
            linkedElements[link[element]]--;
        }
    }
}
