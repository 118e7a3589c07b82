namespace ProxyPortal.Devices;

/// <summary>Names the texts of this folder that owners of devices read too: the English text is the key of its translations.</summary>
public sealed class DeviceTexts;
