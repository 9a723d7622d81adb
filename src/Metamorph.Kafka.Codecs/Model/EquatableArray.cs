using System.Collections;

namespace Metamorph.Kafka.Codecs.Model;

/// <summary>
/// A list that equals another one by its elements, so that an unchanged declaration is not emitted again.
/// </summary>
internal sealed class EquatableArray<T>(IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
    where T : IEquatable<T>
{
    private readonly T[] _items = items.ToArray();

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public bool Equals(EquatableArray<T>? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as EquatableArray<T>);

    public override int GetHashCode() =>
        _items.Aggregate(_items.Length, (hash, item) => (hash * 31) + item.GetHashCode());

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
